"""What is done to the project's own typesettings to see what is read of them: one module each for
text, hidden ink, geometry, colours and marks, pages, and tables' traits."""
