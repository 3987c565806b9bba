#!/usr/bin/python3
"""Every rule file fits rules/rules.schema.json, and the schema knows the loader's terms."""
import json
import pathlib
import re
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"SKIPPED: {missing.name} is not installed")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Yaml12(yaml.SafeLoader):
    """Only true and false are booleans, as in YAML 1.2: `off` is a key, `no` a word."""


Yaml12.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), "tf")


def errors_in(path, schema):
    document = yaml.load(path.read_text(encoding="utf-8"), Yaml12) or []
    validator = jsonschema.Draft202012Validator(schema)
    for error in sorted(validator.iter_errors(document), key=lambda e: list(e.path)):
        deepest = jsonschema.exceptions.best_match([error])
        place = "/".join(str(part) for part in deepest.absolute_path)
        yield f"{path.relative_to(ROOT)}: {place}: {deepest.message[:300]}"


def c_list(source, name):
    body = re.search(name + r"\[\] = \{(.*?)NULL", source, re.S).group(1)
    return re.findall(r'"([^"]+)"', body)


def terms_that_differ(schema):
    """The schema repeats the loader's lists: they must not drift apart."""
    terms = (ROOT / "engine/rules/rule_terms.c").read_text()
    definitions = schema["$defs"]
    rule = definitions["rule"]["properties"]
    pairs = [("mtc_dimension_names", rule["dimension"]["enum"]),
             ("mtc_its_names", rule["its"]["enum"]),
             ("mtc_severity_names", definitions["severity"]["enum"]),
             ("mtc_line_names", rule["lines"]["oneOf"][0]["enum"])]
    for name, known in pairs:
        if c_list(terms, name) != known:
            yield f"rules.schema.json: {name} of engine/rules/rule_terms.c differs"
    rows = re.search(r"TYPES\[\] = \{(.*?)\n\};", terms, re.S).group(1)
    types = [re.findall(r'"([^"]+)"', row) for row in re.findall(r"\{\{(.*?)\}\}", rows, re.S)]
    for number, case in enumerate(definitions["rule"]["allOf"]):
        if case["then"]["properties"]["type"]["enum"] != types[number]:
            yield f"rules.schema.json: the types of dimension {number} differ"
    keys = (ROOT / "engine/rules/rule_file.c").read_text()
    if set(c_list(keys, "ENTRY_KEYS")) != set(rule):
        yield "rules.schema.json: the keys of a rule differ from ENTRY_KEYS"
    conditions = (ROOT / "engine/rules/pattern_compile.c").read_text()
    if set(c_list(conditions, "ELEMENT_KEYS")) != set(definitions["element"]["properties"]):
        yield "rules.schema.json: the keys of an element differ from ELEMENT_KEYS"
    tagset = (ROOT / "engine/language/tagset.c").read_text()
    relations = (ROOT / "engine/language/relation.h").read_text()
    parts = (ROOT / "engine/language/network/network.h").read_text()
    features = re.findall(r"\w+=\w+", definitions["features"]["pattern"])
    for name, known, terms in (
            ("xpos", definitions["xpos"]["enum"], c_list(tagset, "mtc_xpos_names")),
            ("upos", definitions["upos"]["enum"], re.findall(r"ENTRY\((\w+)\)", parts)),
            ("relation", definitions["relation"]["enum"],
             re.findall(r'ENTRY\(\w+, "([^"]+)"\)', relations)),
            ("features", features, 2 * c_list(tagset, "mtc_feature_names"))):
        if known != terms:
            yield f"rules.schema.json: the names of {name} differ"


def main():
    schema = json.loads((ROOT / "rules/rules.schema.json").read_text(encoding="utf-8"))
    others = {name: json.loads((ROOT / f"rules/{name}.schema.json").read_text(encoding="utf-8"))
              for name in ("profiles", "confidence")}
    wrong = list(terms_that_differ(schema))
    for path in sorted((ROOT / "rules/en").glob("*.yaml")):
        name = path.stem if path.stem in others else "rules"
        wrong += errors_in(path, others.get(name, schema))
        first = f"# yaml-language-server: $schema=../{name}.schema.json"
        if path.read_text(encoding="utf-8").split("\n", 1)[0] != first:
            wrong.append(f"{path.relative_to(ROOT)}:1: the first line must be \"{first}\"")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
