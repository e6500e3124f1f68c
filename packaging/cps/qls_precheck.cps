{
  "cps_version": "0.13",
  "name": "qls_precheck",
  "description": "Asks a Qt License Server what an offline installer's user may install",
  "license": "MIT OR Apache-2.0",
  "version": "@VERSION@",
  "compat_version": "0.0.0",
  "cps_path": "@prefix@/lib/cps",
  "platform": { "c_runtime_vendor": "@C@", "isa": "@ISA@", "kernel": "linux" },
  "default_components": ["shared"],
  "components": {
    "shared": {
      "type": "dylib",
      "location": "@prefix@/lib/@SONAME@",
      "includes": ["@prefix@/include"]
    },
    "static": {
      "type": "archive",
      "location": "@prefix@/lib/libqls_precheck.a",
      "includes": ["@prefix@/include"],
      "link_libraries": [@LIBRARIES@]
    }
  }
}
