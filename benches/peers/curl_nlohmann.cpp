// The pre-check with libcurl and nlohmann/json.
#include "curl.hpp"

#include <nlohmann/json.hpp>

using nlohmann::json;

namespace {

std::string_view text(const json &object, const char *name) {
    return object.at(name).get_ref<const std::string &>();
}

bool usable(const json &consumer) {
    if (!consumer.is_object()) return false;
    for (const char *name : {"consumer_id", "component_id"}) {
        const auto member = consumer.find(name);
        if (member == consumer.end() || !member->is_string() || member->get_ref<const std::string &>().empty()) {
            return false;
        }
    }
    for (const char *name : OPTIONAL_MEMBERS) {
        const auto member = consumer.find(name);
        if (member != consumer.end() && !member->is_string()) return false;
    }
    return true;
}

// The request, or null if the consumers cannot be used.
json request_of(const char *consumers) {
    json list = json::parse(consumers, nullptr, false);
    if (!list.is_array()) return nullptr;
    for (const json &consumer : list) {
        if (!usable(consumer)) return nullptr;
    }
    return json{{"operation", "check"}, {"consumers", std::move(list)}};
}

long allowed_of(const json &request, const json &reply) {
    if (!reply.at("status").get<bool>()) return -1;
    const json &data = reply.at("data");
    Verdicts verdicts(data.size());
    for (const json &entry : data) {
        verdicts.add(text(entry, "component_id"), text(entry, "consumer_id"),
                     entry.at("installtion_allowed").get<bool>());
    }
    long allowed = 0;
    for (const json &consumer : request.at("consumers")) {
        allowed += verdicts.allow(text(consumer, "component_id"), text(consumer, "consumer_id"));
    }
    return allowed;
}

}  // namespace

PEER_EXPORT long answer(const char *consumers) {
    const json request = request_of(consumers);
    if (request.is_null()) return -1;
    const std::string body = request.dump();
    if (!post(body.data(), body.size())) return -1;
    try {
        return allowed_of(request, json::parse(reply_body));
    } catch (const json::exception &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return -1;
    }
}

int main(int argc, char **argv) {
    return curl_main(argc, argv, answer);
}
