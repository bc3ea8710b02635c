project = "TerraBytes 2025"
extensions = ["builder.site"]
html_theme = "furo"
