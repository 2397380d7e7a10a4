"""All feasible plans of a region: counted, measured and drawn without bias."""
