"""Paper: tagged PDF in the house style, for the fillable forms and for the documents of the office."""
