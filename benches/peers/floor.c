/* Sends the same request through a bare socket, over plain HTTP, and reads no JSON. No client can be faster. */
#include "peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

static char host[64], path[256];
static int port, connection = -1;
static char *request;
static size_t request_length;

/* The body is what this library sends; the text of the consumers is an array. */
static void make_request(const char *consumers) {
    static const char BODY[] = "{\"operation\":\"check\",\"consumers\":%s}";
    static const char HEAD[] =
        "POST %s/api/v2/pre-check/licenses HTTP/1.1\r\nHost: %s:%d\r\nUser-Agent: floor\r\n"
        "Authorization: Bearer %s\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
        "Content-Length: %d\r\n\r\n";
    int body = snprintf(NULL, 0, BODY, consumers);
    int head = snprintf(NULL, 0, HEAD, path, host, port, peer_token(), body);
    request = malloc((size_t)head + (size_t)body + 1);
    if (request == NULL) peer_fail("no memory");
    snprintf(request, (size_t)head + 1, HEAD, path, host, port, peer_token(), body);
    snprintf(request + head, (size_t)body + 1, BODY, consumers);
    request_length = (size_t)head + (size_t)body;
}

static void connect_once(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    int one = 1;
    inet_pton(AF_INET, host, &address.sin_addr);
    connection = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(connection, (struct sockaddr *)&address, sizeof address) != 0) peer_fail("no connection");
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

static void send_request(void) {
    for (size_t sent = 0; sent < request_length;) {
        ssize_t count = write(connection, request + sent, request_length - sent);
        if (count <= 0) peer_fail("cannot write");
        sent += (size_t)count;
    }
}

static void receive_reply(void) {
    static char head[65536], rest[65536];
    size_t length = 0;
    const char *end = NULL;
    while (end == NULL) {
        ssize_t count = read(connection, head + length, sizeof head - 1 - length);
        if (count <= 0) peer_fail("cannot read");
        length += (size_t)count;
        head[length] = '\0';
        end = strstr(head, "\r\n\r\n");
    }
    const char *field = strcasestr(head, "content-length:");
    if (strncmp(head, "HTTP/1.1 200", 12) != 0 || field == NULL) peer_fail("not the reply that was expected");
    size_t left = strtoul(field + 15, NULL, 10) - (length - (size_t)(end + 4 - head));
    while (left > 0) {
        ssize_t count = read(connection, rest, left < sizeof rest ? left : sizeof rest);
        if (count <= 0) peer_fail("cannot read");
        left -= (size_t)count;
    }
}

PEER_EXPORT long answer(const char *consumers) {
    if (request == NULL) make_request(consumers);
    if (connection < 0) connect_once();
    send_request();
    receive_reply();
    return 0;
}

int main(int argc, char **argv) {
    if (argc != 3 || sscanf(argv[1], "http://%63[0-9.]:%d%255s", host, &port, path) != 3) peer_fail("floor URL FILE");
    return peer_obey(argv[2], answer);
}
