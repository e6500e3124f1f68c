//! A stand-in for the pre-check endpoint of a Qt License Server.
