"""Makes the territories and their outlines from official files. Development only: it needs geopandas."""
