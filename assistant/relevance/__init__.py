"""A relevance model trained on the viewer's own signals: is this video relevant to this viewer?

It corrects the fusion's scores, and only where it ranks held-out signals better than the fusion
(`training`, `measuring`). Training needs torch; taking part (`applying`) needs NumPy alone.
"""
