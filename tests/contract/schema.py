#!/usr/bin/python3
"""The JSON Schema that `onhold schema` prints, judged by an independent validator.

Whatever the program accepts must be valid, with scalars as texts and with the types that YAML 1.1 gives them; scenarios
whose form is wrong must not be; and on single values the schema must say what the program says.
Usage: schema.py ONHOLD ROOT
"""
import copy
import datetime
import glob
import json
import os
import subprocess
import sys
import tempfile

import jsonschema
import yaml

ONHOLD, ROOT = sys.argv[1], sys.argv[2]
failures = []

# What a schema can see. Not: bounds, names that do not exist, distributions' parameters, keys that must agree.
STRUCTURE = """no-value wrong-kind wrong-kind-root wrong-kind-balk unknown-key missing-key missing-key-all unknown-choice
bad-name empty-list mixed-map unknown-day unknown-day-hours missing-unit missing-unit-clock wrong-unit trailing-text
not-a-quantity not-a-quantity-infinite thousands-comma-text bad-money bad-condition bad-precision bad-column
unknown-path-variant unknown-metric unknown-distribution decimal-comma too-many-entries""".split()

BASE = {
    "contacts": {"calls": {"arrivals": {"rate": "60/h"}, "talk": "1min"}},
    "agents": {"team": {"count": "50"}},
    "time": {"length": "1d"},
}


def complain(text):
    failures.append(text)
    print("FAILED:", text)


def plain(node):
    """As JSON has it: texts for keys and dates."""
    if isinstance(node, dict):
        return {key if isinstance(key, str) else json.dumps(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(item) for item in node]
    if isinstance(node, datetime.date):
        return node.isoformat()
    return node


def readings(path):
    """The file with scalars as texts, and with YAML 1.1 types."""
    with open(path, encoding="utf-8-sig") as file:
        text = file.read()
    for loader in (yaml.BaseLoader, yaml.SafeLoader):
        yield loader.__name__, plain(yaml.load(text, Loader=loader))


def with_value(path, value):
    document = copy.deepcopy(BASE)
    at = document
    *above, last = path.split(".")
    for key in above:
        at = at.setdefault(key, {})
    at[last] = value
    return document


def program_accepts(path, text):
    """Whether the program takes the value; other problems (a forecast that is not there) are not about its form."""
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as base:
        json.dump(BASE, base)
        base.flush()
        result = subprocess.run(
            [ONHOLD, "validate", base.name, "--set", f"{path}={text}"], capture_output=True, check=False
        )
    about_keys = (b"[open-without-close]", b"[rate-and-gap]", b"[never-open]", b"[endless]")
    errors = [line for line in result.stderr.split(b"\n") if b": error: " in line]
    return all(any(slug in line for slug in about_keys) for line in errors)


def main():
    schema = json.loads(subprocess.run([ONHOLD, "schema"], stdout=subprocess.PIPE, check=True).stdout)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    n_valid = n_broken = n_examples = n_values = 0

    for name, definition in schema["definitions"].items():
        if "$comment" in definition:
            complain(f"{name}: its kind of value has no row in sim/scenario/json_values.c")
        if not name.startswith(("type.", "changes.")) and not definition.get("description"):
            complain(f"{name}: has no description")
        judge = jsonschema.Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": schema["definitions"]})
        for example in definition.get("examples", []) + ([definition["default"]] if "default" in definition else []):
            n_examples += 1
            for error in judge.iter_errors(example):
                complain(f"{name}: its example {example!r}: {error.message[:200]}")

    invalid = sorted(glob.glob(f"{ROOT}/tests/golden/invalid/*.yaml"))
    only_warned = [path for path in invalid if ": error: " not in open(path[:-5] + ".err", encoding="utf-8").read()]
    good = glob.glob(f"{ROOT}/scenarios/**/*.yaml", recursive=True) + glob.glob(f"{ROOT}/tests/golden/valid/*.yaml")
    for path in sorted(good) + only_warned:
        for loader, document in readings(path):
            n_valid += 1
            for error in validator.iter_errors(document):
                complain(f"{path} ({loader}): {list(error.absolute_path)}: {error.message[:200]}")

    for path in invalid:
        if os.path.basename(path)[4:-5] not in STRUCTURE:
            continue
        for loader, document in readings(path):
            n_broken += 1
            if validator.is_valid(document):
                complain(f"{path} ({loader}) is taken for valid")

    with open(f"{ROOT}/tests/contract/data/schema-values.yaml", encoding="utf-8") as file:
        values = yaml.load(file, Loader=yaml.BaseLoader)
    for path, texts in values.items():
        for is_right in (True, False):
            for text in texts["right" if is_right else "wrong"]:
                n_values += 1
                value = plain(yaml.load(text, Loader=yaml.BaseLoader))
                if program_accepts(path, text) != is_right:
                    complain(f"{path}: the program does not find '{text}' {'right' if is_right else 'wrong'}")
                if validator.is_valid(with_value(path, value)) != is_right:
                    complain(f"{path}: the schema does not find '{text}' {'right' if is_right else 'wrong'}")

    print(f"{n_examples} examples, {n_valid} readings valid, {n_broken} broken, {n_values} values")
    if min(n_examples, n_valid, n_broken, n_values) < 30:
        complain("too little was found to check")
    return 1 if failures else 0


sys.exit(main())
