"""Four dates and the working days left, with numpy, for bench-peers.

The holidays are GOV.UK's own file, as Weald has them. Prints million cases a second.
"""
import json
import os
import time

import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "../../calendar/holidays/bank-holidays.json")) as f:
    holidays = [e["date"] for e in json.load(f)["england-and-wales"]["events"]]
calendar = np.busdaycalendar(holidays=holidays)
for n in (20_000, 640_000):
    start = np.datetime64("2015-01-01") + (np.arange(n) * 7919 % 4300).astype("timedelta64[D]")
    today = np.datetime64("2022-06-01")
    best = float("inf")
    for _ in range(5):
        t = time.perf_counter()
        six, sixteen, twenty = start + 42, start + 112, start + 140
        fifteen = np.busday_offset(start, 15, roll="backward", busdaycal=calendar)
        left = np.busday_count(today, twenty, busdaycal=calendar)
        best = min(best, time.perf_counter() - t)
    print(f"numpy {np.__version__}, {n} cases: {n / best / 1e6:.1f} Mcases/s")
