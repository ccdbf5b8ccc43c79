"""Consultations: questions put to the people, and their answers.

- A **consultation** asks by order of a mandate. It is drafted, checked and scheduled with its questionnaire;
  it is open from its opening to its closing (half-open, by the clock at each request), and closed then.
- A **questionnaire** stands in numbered **revisions**. A published one never changes: its hash proves it.
- A **question** has a code within its revision and a **lineage** across revisions, by which it is counted.
- A **participation** says that somebody takes part, under a **pseudonym** made with the consultation's key.
- A **response** is what a participant says at one time. Changing it makes a new one that **replaces** it.
- A **receipt** is what the respondent keeps: a code that tells whether the response counts, and its hash.
- The **consent** of a response says whether its answers may be published.
"""
