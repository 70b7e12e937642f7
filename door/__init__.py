"""What stands between network and pages: routes, headers, compression, the document, the first build."""
