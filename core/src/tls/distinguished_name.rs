//! Names in certificates (X.501, DER), as far as a message needs them.

/// The common name, organisation and country of a name, such as `Example Root CA, Example Ltd`; None where it has
/// none of them. `name` is the content of its outer SEQUENCE, as webpki hands it out.
pub(crate) fn readable(name: &[u8]) -> Option<String> {
    const COMMON_NAME: &[u8] = &[0x55, 4, 3];
    const ORGANISATION: &[u8] = &[0x55, 4, 10];
    const UNIT: &[u8] = &[0x55, 4, 11];
    let mut parts = Vec::new();
    for wanted in [COMMON_NAME, UNIT, ORGANISATION] {
        parts.extend(attribute(name, wanted).filter(|part| !part.is_empty()));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The first attribute of type `wanted`: a name is a sequence of sets of pairs of type and value.
fn attribute(name: &[u8], wanted: &[u8]) -> Option<String> {
    Elements(name).flat_map(|(_, set)| Elements(set)).find_map(|(_, pair)| {
        let mut pair = Elements(pair);
        let (_, kind) = pair.next()?;
        let (tag, value) = pair.next()?;
        (kind == wanted).then(|| text(tag, value))
    })
}

/// UTF8String, PrintableString and IA5String; BMPString is UTF-16, the rest is read as Latin-1.
fn text(tag: u8, value: &[u8]) -> String {
    match tag {
        0x0c | 0x13 | 0x16 => String::from_utf8_lossy(value).into_owned(),
        0x1e => {
            let units: Vec<u16> = value.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        _ => value.iter().map(|&byte| char::from(byte)).collect(),
    }
}

/// The elements of DER content, each as tag and content; ends at anything malformed.
struct Elements<'d>(&'d [u8]);

impl<'d> Iterator for Elements<'d> {
    type Item = (u8, &'d [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (&tag, rest) = self.0.split_first()?;
        let (&first, rest) = rest.split_first()?;
        let (length, rest) = match first {
            0..=0x7f => (usize::from(first), rest),
            0x81 => {
                let (&length, rest) = rest.split_first()?;
                (usize::from(length), rest)
            }
            0x82 => (usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?])), rest.get(2..)?),
            _ => return None,
        };
        let (content, rest) = (rest.get(..length)?, rest.get(length..)?);
        self.0 = rest;
        Some((tag, content))
    }
}
