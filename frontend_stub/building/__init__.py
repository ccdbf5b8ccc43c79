"""Building: a questionnaire as the hub takes it, changed in one place at a time by people who fill in forms.

What stands here are plain functions: they are given a questionnaire and return another one, and leave the first as it
was. Questions are named by their codes, so that a form that was opened a while ago still means the same question;
sections, which have none, by their place.
"""
