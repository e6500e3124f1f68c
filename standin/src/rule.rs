//! The rule by which a consumer is allowed. It is ours: the vendor publishes none.

use crate::{date::Date, request::Consumer, version::Version};

/// What one license grants to one of the consumers it names.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    /// `None` where the license leaves the version empty: it covers every one.
    pub(crate) newest: Option<Version>,
    pub(crate) opensource: bool,
    pub(crate) perpetual: bool,
    pub(crate) valid_from: Date,
    pub(crate) valid_to: Date,
}

impl Grant {
    /// Whether this grant allows the consumer to be installed today.
    pub(crate) fn allows(&self, consumer: &Consumer<'_>, today: Date) -> bool {
        self.covers_version(consumer) && self.serves_schema(consumer) && self.in_time(consumer, today)
    }

    fn covers_version(&self, consumer: &Consumer<'_>) -> bool {
        self.newest.as_ref().is_none_or(|newest| *newest >= Version::new(&consumer.consumer_version))
    }

    fn serves_schema(&self, consumer: &Consumer<'_>) -> bool {
        self.opensource == is_opensource(&consumer.consumer_installation_schema)
    }

    fn in_time(&self, consumer: &Consumer<'_>, today: Date) -> bool {
        let current = (self.valid_from..=self.valid_to).contains(&today);
        // A build time that is no date cannot show that the build is old enough.
        let built_in_time =
            || consumer.consumer_build_timestamp.parse::<Date>().is_ok_and(|built| built <= self.valid_to);
        current || (self.perpetual && built_in_time())
    }
}

/// Real licenses capitalize their values freely ("Full Commercial").
pub(crate) fn is_opensource(schema: &str) -> bool {
    schema.eq_ignore_ascii_case("opensource")
}
