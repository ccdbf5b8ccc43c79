"""Exporting: what everybody may read of a consultation, as a folder of tables that any program opens.

It asks by the same door as everybody, as nobody in particular, so it can hold nothing that a visitor could not read.

asking              an anonymous caller of the GraphQL schema in this process
columns             what a file's columns are, and how a cell is written
questionnaire_files what was asked, and when
response_files      what was answered, as far as it is published
result_files        the figures that were released
dictionary          what each column means, and the text that lies beside the tables
consultations       the folder of one consultation
bodies              everything of one list of a body
calendars           a body's sessions as iCalendar
popolo              who sits in a body, and how they voted, as Popolo
feeds               both, at addresses that programs follow
"""
