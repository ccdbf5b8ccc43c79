"""Personal data: all that the hub keeps about one person, told to them whole, and erased when they want it gone."""
