// The pre-check with libcurl and nlohmann/json.
#include "peer.h"

#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

using nlohmann::json;

namespace {

CURL *curl;
std::string reply_body;

using Ids = std::pair<std::string_view, std::string_view>;

struct HashIds {
    std::size_t operator()(const Ids &ids) const {
        const std::hash<std::string_view> hash;
        return hash(ids.first) * 31 + hash(ids.second);
    }
};

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
    for (const char *name : {"consumer_version", "consumer_installation_schema", "consumer_supported_features",
                             "consumer_build_timestamp"}) {
        const auto member = consumer.find(name);
        if (member != consumer.end() && !member->is_string()) return false;
    }
    return true;
}

// The request, or null where the consumers cannot be used.
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
    std::unordered_map<Ids, bool, HashIds> verdicts;
    verdicts.reserve(data.size());
    for (const json &entry : data) {
        const bool allowed = entry.at("installtion_allowed").get<bool>();
        const auto added = verdicts.emplace(Ids{text(entry, "component_id"), text(entry, "consumer_id")}, allowed);
        added.first->second = added.first->second && allowed;
    }
    long allowed = 0;
    for (const json &consumer : request.at("consumers")) {
        const auto verdict = verdicts.find({text(consumer, "component_id"), text(consumer, "consumer_id")});
        allowed += verdict != verdicts.end() && verdict->second;
    }
    return allowed;
}

std::size_t receive(char *bytes, std::size_t, std::size_t count, void *) {
    reply_body.append(bytes, count);
    return count;
}

}  // namespace

PEER_EXPORT long answer(const char *consumers) {
    const json request = request_of(consumers);
    if (request.is_null()) return -1;
    const std::string body = request.dump();
    reply_body.clear();
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    const CURLcode code = curl_easy_perform(curl);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK || status != 200) {
        std::fprintf(stderr, "%s, HTTP %ld\n", curl_easy_strerror(code), status);
        return -1;
    }
    try {
        return allowed_of(request, json::parse(reply_body));
    } catch (const json::exception &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return -1;
    }
}

int main(int argc, char **argv) {
    if (argc != 3) peer_fail("curl URL FILE");
    curl_global_init(CURL_GLOBAL_DEFAULT);
    curl = curl_easy_init();
    const std::string url = std::string(argv[1]) + "/api/v2/pre-check/licenses";
    curl_slist *headers = nullptr;
    headers = curl_slist_append(headers, (std::string("Authorization: Bearer ") + peer_token()).c_str());
    headers = curl_slist_append(headers, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Accept: application/json");
    // Without it curl asks whether it may send what is larger than 1 MiB, and waits for the answer.
    headers = curl_slist_append(headers, "Expect:");
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 30000L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
    if (const char *bundle = std::getenv("SSL_CERT_FILE")) curl_easy_setopt(curl, CURLOPT_CAINFO, bundle);
    const int status = peer_obey(argv[2], answer);
    curl_easy_cleanup(curl);
    curl_slist_free_all(headers);
    curl_global_cleanup();
    return status;
}
