"""Tables: CSV files, and the small tables that come with scikit-learn."""
