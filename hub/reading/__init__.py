"""Reading: statements whose single text value is the JSON answer.

template    fixed text around holes, each hole an SQL expression
json_text   how a column is written as JSON
marks       holes that only Python can fill, and holes that should not have been empty
readable    what the fields of a type are in SQL
asking      who asks, when, in which languages: the parameters of every statement
pages       keyset pages
cursors     the opaque names of places in a list
facets      how the rows of a list are spread over the values of a column
statement   an expression made ready to run
connections the reading connections, last in, first out
"""
