"""Habits of installer authors, tried with the framework built with the plug-in and without it."""
