"""Documents of the year: letters and notices of a round as .docx and HTML, from templates that an office can edit."""
