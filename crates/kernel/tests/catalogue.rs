//! Products, their versions and where they fit.
