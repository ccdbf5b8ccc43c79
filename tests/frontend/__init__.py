"""The front end: its pages as HTML, from a hub that is made up, and from a real one."""
