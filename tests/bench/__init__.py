"""What ``bin/bench_http.py`` measures with: a load over HTTP, and something plain beside it."""
