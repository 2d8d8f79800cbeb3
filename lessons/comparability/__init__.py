"""How alike gemeenten, and jeugdregio's, are in context, and why.

The way of the figures: ``newest`` reads profiles → ``regions`` sums them where the
place is a jeugdregio → ``standardising`` and ``distances`` compare them under a
``weighting`` → ``nearness`` says how near the nearest are → ``wording`` tells it in
Dutch → ``finding`` makes the records. All but ``newest`` and ``finding`` is free of the
database. ``quality`` measures what ``docs/comparable-gemeenten.md`` claims.

After CIPFA's Nearest Neighbours: standardised variables that describe the area and not
how services are used, Euclidean distance, the farthest pair at 1.
"""
