// What the peers with libcurl share: the transfer, and the verdicts by ids. They differ in how they read JSON.
#ifndef CURL_HPP
#define CURL_HPP

#include "peer.h"

#include <curl/curl.h>

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

inline CURL *curl;
inline std::string reply_body;

// The optional members of a consumer, which are strings where they are present.
inline constexpr const char *OPTIONAL_MEMBERS[] = {"consumer_version", "consumer_installation_schema",
                                                   "consumer_supported_features", "consumer_build_timestamp"};

// The verdicts of a reply, by component_id and consumer_id.
class Verdicts {
public:
    explicit Verdicts(std::size_t count) { verdicts.reserve(count); }

    // One denial decides, however many entries have these ids.
    void add(std::string_view component_id, std::string_view consumer_id, bool allowed) {
        const auto added = verdicts.emplace(Ids{component_id, consumer_id}, allowed);
        added.first->second = added.first->second && allowed;
    }

    bool allow(std::string_view component_id, std::string_view consumer_id) const {
        const auto verdict = verdicts.find({component_id, consumer_id});
        return verdict != verdicts.end() && verdict->second;
    }

private:
    using Ids = std::pair<std::string_view, std::string_view>;

    struct Hash {
        std::size_t operator()(const Ids &ids) const {
            const std::hash<std::string_view> hash;
            return hash(ids.first) * 31 + hash(ids.second);
        }
    };

    std::unordered_map<Ids, bool, Hash> verdicts;
};

// Posts a request; the reply is in reply_body if this returns true.
inline bool post(const char *body, std::size_t length) {
    reply_body.clear();
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(length));
    const CURLcode code = curl_easy_perform(curl);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK || status != 200) {
        std::fprintf(stderr, "%s, HTTP %ld\n", curl_easy_strerror(code), status);
        return false;
    }
    return true;
}

inline std::size_t receive(char *bytes, std::size_t, std::size_t count, void *) {
    reply_body.append(bytes, count);
    return count;
}

inline int curl_main(int argc, char **argv, long (*answer)(const char *consumers)) {
    if (argc != 3) peer_fail("call me with URL FILE");
    curl_global_init(CURL_GLOBAL_DEFAULT);
    curl = curl_easy_init();
    const std::string url = std::string(argv[1]) + "/api/v2/pre-check/licenses";
    curl_slist *headers = nullptr;
    headers = curl_slist_append(headers, (std::string("Authorization: Bearer ") + peer_token()).c_str());
    headers = curl_slist_append(headers, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Accept: application/json");
    // For a body above 1 MiB curl would first ask the server whether it may send it, and wait for the answer.
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

#endif
