"""Statistics: counted answers, and what of them may be told to everybody without telling on anybody.

Pure functions of numbers, which know no table of the database and no other module of the hub: somebody feeds them
with true counts and stores what they let through. The words:

* a *cell* is one count; a *line* is cells that belong to one total (`lines`); a *table* is a breakdown of a question
  by the *categories* of a dimension such as the state (`tables`), with its margins.
* a cell is *small* if fewer than k were counted in it, or if what is left of it, when the answers that were published
  one by one are taken away, is more than nobody and fewer than k (`counts`). A small cell is withheld: *primary*.
* further cells are withheld so that no withheld one follows from what is shown: *secondary* (`protecting`, `network`).
  Which of the two a cell is, is never published: it would tell that the cell is small.

The order of a release, in which nothing that was decided is decided again:

1. `categories.published_categories` for each dimension, once, by responses.
2. `lines.protect_line` for the totals of each question, or `lines.exact_line` where they are public.
3. `protecting.protect` for each question and dimension, with the totals as they were decided.
4. `replacing.may_replace`, against every state that was ever published.

What this does not protect against: a reader who runs the whole method backwards, over every table that would have been
shown alike, can sometimes leave out some of them; and what people know of each other beyond the published answers.
"""
