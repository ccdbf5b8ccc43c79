"""Questionnaires as people answer them: what is asked of whom, how an answer is typed, what is missing, what it says.

An answer is what the hub takes as one (`AnswerInput`): a mapping with the code of its question and the field that its
kind is answered by. Of a file it has the name and the size besides, which are shown and not sent (`as_sent`).
"""
