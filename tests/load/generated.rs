//! The parts of `qls_precheck_load.c` that are made from the header and from the documents.

use std::path::Path;

pub(crate) fn read(path: impl AsRef<Path>) -> String {
    let path = support::root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) const FILE: &str = "include/qls_precheck_load.c";

/// A function of the header.
pub(crate) struct Function {
    /// Its type, as `const char *`.
    pub(crate) returns: String,
    /// Without `qls_`.
    pub(crate) name: String,
    /// As in the header, as `const qls_result *result`; none for `(void)`.
    parameters: Vec<String>,
}

impl Function {
    fn of(declaration: &str) -> Self {
        let words: Vec<&str> = declaration.split_whitespace().collect();
        let line = words.join(" ");
        let (head, parameters) = line.strip_suffix(')').and_then(|line| line.split_once('(')).expect("a prototype");
        let (returns, name) = head.split_at(head.find("qls_").map_or(0, |_| head.rfind("qls_").expect("a name")));
        let parameters = parameters.split(", ").filter(|parameter| *parameter != "void").map(str::to_owned).collect();
        Self { returns: returns.trim().to_owned(), name: name["qls_".len()..].to_owned(), parameters }
    }

    pub(crate) fn signature(&self) -> String {
        if self.parameters.is_empty() { "void".to_owned() } else { self.parameters.join(", ") }
    }

    fn arguments(&self) -> String {
        let name = |parameter: &String| parameter.rsplit([' ', '*']).next().unwrap_or_default().to_owned();
        self.parameters.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    /// `char *` needs no blank before what follows, and `int32_t` one.
    pub(crate) fn returns(&self) -> String {
        if self.returns.ends_with('*') { self.returns.clone() } else { format!("{} ", self.returns) }
    }

    pub(crate) fn takes(&self, kind: &str) -> bool {
        self.parameters.first().is_some_and(|first| first.contains(kind))
    }

    /// What it gives where the library is not to be asked. What has to be thought of is written in the file by hand.
    fn otherwise(&self) -> String {
        match (&*self.returns, &*self.name) {
            ("qls_result *", _) => "unanswered()".to_owned(),
            ("qls_client *", _) => "&unusable_client".to_owned(),
            ("qls_status", _) if self.takes("qls_client *") => "QLS_CONFIGURATION".to_owned(),
            (_, "result_server_code") => "NULL".to_owned(),
            (_, "result_count") => format!("own_{}({})", self.name, self.arguments()),
            (_, "version") => "\"\"".to_owned(),
            ("int32_t" | "uint32_t" | "size_t", _) => "0".to_owned(),
            _ => format!("own_{}({})", self.name, self.arguments()),
        }
    }

    /// The function that the program calls.
    fn definition(&self) -> String {
        let find = match () {
            () if self.takes("qls_client *") => "for_client(client)",
            () if self.takes("qls_result *") => "for_result(result)",
            () => "loaded()",
        };
        let call = format!("library->{}({})", self.name, self.arguments());
        let body = if self.returns == "void" {
            format!("    if (library != NULL) {{\n        {call};\n    }}\n")
        } else {
            wrapped(format!("    return library != NULL ? {call} : {};\n", self.otherwise()), " :")
        };
        let signature = format!("{}qls_{}({})\n", self.returns(), self.name, self.signature());
        format!(
            "{}{{\n    const struct functions *library = {find};\n\n{body}}}\n",
            wrapped(signature, " const char **")
        )
    }
}

/// A line that is too long goes on in the next one, from the last place that looks like this.
fn wrapped(line: String, before: &str) -> String {
    if line.trim_end().len() <= 120 {
        return line;
    }
    let at = line[..116].rfind(before).unwrap_or_else(|| panic!("no {before:?} in {line}"));
    format!("{}\n        {}", &line[..at], &line[at + 1..])
}

/// The header without its comments and preprocessor lines.
fn code() -> String {
    let text = read("include/qls_precheck.h");
    let mut code = String::new();
    for (i, part) in text.split("/*").enumerate() {
        code += if i == 0 { part } else { part.split_once("*/").expect("an end of the comment").1 };
    }
    code.lines().filter(|line| !line.starts_with('#')).map(|line| line.to_owned() + "\n").collect()
}

pub(crate) fn functions() -> Vec<Function> {
    let code = code();
    let prototypes = code.split_once("extern \"C\" {").expect("extern \"C\"").1;
    let found: Vec<Function> =
        prototypes.split(';').map(str::trim).filter(|text| text.ends_with(')')).map(Function::of).collect();
    assert!(found.len() >= 29, "{}", found.len());
    found
}

/// The statuses' names.
fn statuses() -> Vec<String> {
    let code = code();
    let body = code.split_once("enum qls_status").expect("the statuses").1;
    let body = body.split_once('{').and_then(|(_, body)| body.split_once('}')).expect("its values").0;
    body.split(',').filter_map(|value| Some(value.split_once('=')?.0.trim().to_owned())).collect()
}

/// The members of a result's JSON, and whether each is a list.
fn members() -> Vec<(String, bool)> {
    let document = read("docs/result-json.md");
    let section = document.split_once("\n## Members\n").expect("the members").1;
    let table = section.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        Some((cells.get(1)?.strip_prefix('`')?.strip_suffix('`')?.to_owned(), cells[2] == "array"))
    };
    table.filter_map(row).collect()
}

/// What stands before the functions that are written by hand.
fn declarations() -> String {
    let mut text = String::from("\nstruct functions {\n");
    for function in functions() {
        let pointer = format!("    {}(*{})({});\n", function.returns(), function.name, function.signature());
        text += &wrapped(pointer, " const char **");
    }
    text += "};\n\nstatic const struct {\n    const char *name;\n    size_t offset;\n} wanted[] = {\n";
    for function in functions() {
        text += &format!("    {{\"qls_{0}\", offsetof(struct functions, {0})}},\n", function.name);
    }
    text += "};\n\nstatic const struct {\n    int32_t status;\n    const char *name;\n} statuses[] = {\n";
    for name in statuses() {
        text += &format!("    {{{name}, \"{name}\"}},\n");
    }
    text += "};\n\nenum kind { STATUS, STATUS_CODE, MESSAGE, CAUSE, EMPTY, NOTHING };\n\n\
             static const struct {\n    const char *json_pointer;\n    enum kind kind;\n} members[] = {\n";
    let mut json = Vec::new();
    for (member, list) in members() {
        let (kind, value) = match &*member {
            "status" => ("STATUS", "\\\"\" status \"\\\""),
            "status_code" => ("STATUS_CODE", "\" code \""),
            "message" => ("MESSAGE", "\\\"\" message \"\\\""),
            "cause" => ("CAUSE", "\" cause \""),
            _ if list => ("EMPTY", "[]"),
            _ => ("NOTHING", "null"),
        };
        text += &format!("    {{\"/{member}\", {kind}}},\n");
        json.push(format!("\\\"{member}\\\":{value}"));
    }
    let at = |name: &str| json.iter().position(|member| member.contains(name)).expect("a member");
    assert!(at("message") < at("cause"), "keep() gives snprintf() the two in this order");
    text += "};\n\n#define JSON(status, code, cause, message) \\\n    \"{";
    text += &json.join(",\" \\\n    \"");
    text + "}\"\n\n"
}

fn definitions() -> String {
    functions().iter().map(|function| format!("\n{}", function.definition())).collect::<String>() + "\n"
}

/// `UPDATE_HEADER=1 cargo test --test load what_is_made` rewrites what is made: this test alone, since others read it.
#[test]
fn what_is_made_from_the_header_is_what_it_makes() {
    let committed = read(FILE);
    let mut made = String::new();
    let mut rest = &*committed;
    for generated in [declarations(), definitions()] {
        let (before, after) = rest.split_once("/* generated from ").expect("a part that is made");
        let (line, after) = after.split_once('\n').expect("the end of the line");
        let (_, after) = after.split_once("/* end of what is generated */\n").expect("the end of the part");
        made += &format!("{before}/* generated from {line}\n{generated}/* end of what is generated */\n");
        rest = after;
    }
    made += rest;
    if std::env::var_os("UPDATE_HEADER").is_some() {
        std::fs::write(support::root().join(FILE), &made).expect("the file can be written");
    }
    assert!(
        read(FILE) == made,
        "{FILE} is not what the header makes: run UPDATE_HEADER=1 cargo test --test load what_is_made"
    );
}
