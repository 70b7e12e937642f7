"""Every question a page may ask; each answer is a `warehouse.result.Result`."""
