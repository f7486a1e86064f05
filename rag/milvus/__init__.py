"""An archive in Milvus, for when it outgrows one machine: a second ``Store``, of the same interface.

``address`` says where it is, ``client`` alone knows pymilvus, ``terms`` compares words, ``rows`` turns
interviews into rows and back, ``catalogue`` and ``archive`` keep track of what counts, ``search``
searches it, ``checking`` verifies it, and ``store`` is what the rest of the engine sees.
"""
