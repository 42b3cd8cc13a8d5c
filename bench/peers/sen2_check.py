"""Reads a SEN2 return and applies eight rules, in one of three ways that Python
programs do it: etree or lxml, a person at a time, or pandas, from a tree to
tables. "weald bench sen2" measures it beside Weald. Without a file it says
whether what it needs is installed."""
import sys
from datetime import date

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
NEEDS = {"SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "DS", "OTH"}


def bad_upn(upn):
    if len(upn) != 13 or not upn[1:].isdigit():
        return True
    return LETTERS[sum(int(c) * (i + 2) for i, c in enumerate(upn[1:])) % 23] != upn[0]


def person(p, seen, found):
    upn = p.findtext("UPN") or ""
    if upn:
        found["upn"] += bad_upn(upn)
        found["twice"] += upn in seen
        seen.add(upn)
    born = date.fromisoformat(p.findtext("PersonBirthDate"))
    found["age"] += (date(2026, 1, 15) - born).days > 25 * 366
    for r in p.findall("Requests"):
        received = date.fromisoformat(r.findtext("ReceivedDate"))
        decided = r.findtext("RequestOutcomeDate")
        found["order"] += bool(decided) and date.fromisoformat(decided) < received
        issued = r.findtext("Assessment/AssessmentOutcomeDate")
        found["weeks"] += bool(issued) and (date.fromisoformat(issued) - received).days > 140
        for d in r.findall("ActivePlans/PlacementDetail"):
            found["urn"] += len(d.findtext("URN") or "") != 6
        for n in r.findall("ActivePlans/SENneed"):
            found["need"] += n.findtext("SENtype") not in NEEDS
        meeting = r.findtext("ActivePlans/ReviewMeeting")
        told = r.findtext("ActivePlans/LastReview")
        found["review"] += bool(meeting and told) and (date.fromisoformat(told) - date.fromisoformat(meeting)).days > 28


def stream(iterparse, file, found):
    seen = set()
    for _, e in iterparse(file, events=("end",)):
        if e.tag == "Person":
            person(e, seen, found)
            e.clear()


def tables(etree, pd, file, found):
    people, requests, places, needs = [], [], [], []
    for p in etree.parse(file).iter("Person"):
        people.append((p.findtext("UPN"), p.findtext("PersonBirthDate")))
        for r in p.findall("Requests"):
            requests.append(tuple(r.findtext(x) for x in ("ReceivedDate", "RequestOutcomeDate", "Assessment/AssessmentOutcomeDate", "ActivePlans/ReviewMeeting", "ActivePlans/LastReview")))
            places += [d.findtext("URN") for d in r.findall("ActivePlans/PlacementDetail")]
            needs += [n.findtext("SENtype") for n in r.findall("ActivePlans/SENneed")]
    p = pd.DataFrame(people, columns=["upn", "born"])
    r = pd.DataFrame(requests, columns=["received", "decided", "issued", "meeting", "told"]).apply(pd.to_datetime)
    upn = p.upn.dropna()
    found["upn"] = int(upn.map(bad_upn).sum())
    found["twice"] = int(upn.duplicated().sum())
    found["age"] = int(((pd.Timestamp(2026, 1, 15) - pd.to_datetime(p.born)).dt.days > 25 * 366).sum())
    found["order"] = int((r.decided < r.received).sum())
    found["weeks"] = int(((r.issued - r.received).dt.days > 140).sum())
    found["urn"] = int((pd.Series(places).str.len() != 6).sum())
    found["need"] = int((~pd.Series(needs).isin(NEEDS)).sum())
    found["review"] = int(((r.told - r.meeting).dt.days > 28).sum())


def main():
    way = sys.argv[1]
    if way == "etree":
        from xml.etree import ElementTree as etree
    else:
        from lxml import etree
    if way == "pandas":
        import pandas as pd
    if len(sys.argv) < 3:
        return
    found = dict.fromkeys(("upn", "twice", "age", "order", "weeks", "urn", "need", "review"), 0)
    if way == "pandas":
        tables(etree, pd, sys.argv[2], found)
    else:
        stream(etree.iterparse, sys.argv[2], found)
    print(found)


main()
