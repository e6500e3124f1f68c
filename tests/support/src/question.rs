//! The question that most tests ask, and the answer that allows it.

/// Shaped like a JWT. Only its echo can bring this text into a message, so tests search for it everywhere.
pub const TOKEN: &str =
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJvbmx5LWZvci10ZXN0cyJ9.kQ7vZr2Xn9LwTb4YcHs6JfUe1MgPd8AiRo3Bt5Nx0Ks";

/// One consumer, the example of the reference page without what may be left out.
pub const CONSUMERS: &str = r#"[{"consumer_id":"qtcreator","component_id":"9876"}]"#;

/// The body of a reply that allows the component of [`CONSUMERS`].
pub const ALLOWED: &str = r#"{"status":true,"message":"Checked consumers available for installation","data":[{"component_id":"9876","consumer_id":"qtcreator","installtion_allowed":true}]}"#;
