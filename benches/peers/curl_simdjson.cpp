// The pre-check with libcurl and simdjson's DOM. The consumers are parsed and checked, and then sent as the text that
// they came in, without being written anew.
#include "curl.hpp"

#include <simdjson.h>

using simdjson::SIMDJSON_PADDING;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

namespace {

// Both keep their memory from call to call. The request's strings are needed until the reply is judged.
simdjson::dom::parser request_parser, reply_parser;
std::string body;

bool usable(element consumer) {
    object members;
    if (consumer.get(members)) return false;
    for (const char *name : {"consumer_id", "component_id"}) {
        std::string_view id;
        if (members[name].get(id) || id.empty()) return false;
    }
    for (const char *name : OPTIONAL_MEMBERS) {
        const auto member = members[name];
        if (member.error() != simdjson::NO_SUCH_FIELD && !member.is_string()) return false;
    }
    return true;
}

// simdjson reads behind the text, so its buffer needs room there. Then it does not have to copy the text.
void pad(std::string &text) {
    text.reserve(text.size() + SIMDJSON_PADDING);
}

// Puts the request into `body`, and gives its consumers; false if they cannot be used.
bool request_of(const char *text, array &consumers) {
    const std::string_view before = "{\"operation\":\"check\",\"consumers\":", after = "}";
    const std::size_t length = std::strlen(text);
    body.clear();
    body.reserve(before.size() + length + after.size() + SIMDJSON_PADDING);
    body.append(before).append(text, length);
    if (request_parser.parse(body.data() + before.size(), length, false).get(consumers)) return false;
    for (const element consumer : consumers) {
        if (!usable(consumer)) return false;
    }
    body.append(after);
    return true;
}

long allowed_of(array consumers, element reply) {
    if (!reply["status"].get_bool()) return -1;
    const array data = reply["data"];
    Verdicts verdicts(data.size());
    for (const element entry : data) {
        verdicts.add(entry["component_id"], entry["consumer_id"], entry["installtion_allowed"]);
    }
    long allowed = 0;
    for (const element consumer : consumers) {
        allowed += verdicts.allow(consumer["component_id"], consumer["consumer_id"]);
    }
    return allowed;
}

}  // namespace

PEER_EXPORT long answer(const char *text) {
    array consumers;
    if (!request_of(text, consumers) || !post(body.data(), body.size())) return -1;
    pad(reply_body);
    try {
        return allowed_of(consumers, reply_parser.parse(reply_body.data(), reply_body.size(), false));
    } catch (const simdjson::simdjson_error &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return -1;
    }
}

int main(int argc, char **argv) {
    return curl_main(argc, argv, answer);
}
