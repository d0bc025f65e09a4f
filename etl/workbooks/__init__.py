"""XLSX and ODS → lines of text, in a limited sub-process: `python -m etl.workbooks FILE FOLDER`.

Apart from etl.files because it must start small: polars alone reserves more memory than a workbook is allowed.
Own reader of the sheets' XML: openpyxl loses what we must know (formulas without a value, merged and hidden cells while
streaming, the digits as written) and takes several times as long.
"""
