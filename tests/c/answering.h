/* A server in a thread, which gives every connection the same answer and counts the connections. With it the contract
 * tests know whether anything was sent, and choose every byte of the reply. Include expect.h first.
 */
#ifndef ANSWERING_H
#define ANSWERING_H

#include <pthread.h>
#ifdef _WIN32 /* on_windows.h has the rest */
typedef SOCKET answering_socket;
#else
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

typedef int answering_socket;
enum { INVALID_SOCKET = -1 };
#define closesocket close
#define sockets_start() ((void)0)
#endif

/* A call that gets this answer has sent its request, and ends with QLS_BAD_REQUEST. */
#define ANSWER_400 "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
/* To be followed by a body, which ends when the connection is closed. */
#define ANSWER_200 "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n\r\n"

typedef struct answering {
    const char *answer;
    answering_socket listener;
    pthread_t thread;
    pthread_mutex_t lock;
    int connections; /* guarded by lock */
    char url[64];
} answering;

static inline void *answering_run(void *argument)
{
    answering *server = argument;
    char request[16384];
    answering_socket connection;

    while ((connection = accept(server->listener, NULL, NULL)) != INVALID_SOCKET) {
        pthread_mutex_lock(&server->lock);
        server->connections++;
        pthread_mutex_unlock(&server->lock);
        send(connection, server->answer, (int)strlen(server->answer), MSG_NOSIGNAL);
        shutdown(connection, SHUT_WR);
        /* Closing with unread bytes would reset the connection, and the answer might be lost with it. */
        while (recv(connection, request, sizeof request, 0) > 0) {
        }
        closesocket(connection);
    }
    return NULL;
}

static inline void answering_start(answering *server, const char *answer)
{
    struct sockaddr_in address;
    socklen_t length = sizeof address;

    sockets_start();
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server->answer = answer;
    server->connections = 0;
    server->listener = socket(AF_INET, SOCK_STREAM, 0);
    require(server->listener != INVALID_SOCKET, "socket");
    require(bind(server->listener, (struct sockaddr *)&address, sizeof address) == 0, "bind");
    require(listen(server->listener, 16) == 0, "listen");
    require(getsockname(server->listener, (struct sockaddr *)&address, &length) == 0, "getsockname");
    snprintf(server->url, sizeof server->url, "http://127.0.0.1:%d", (int)ntohs(address.sin_port));
    require(pthread_mutex_init(&server->lock, NULL) == 0, "pthread_mutex_init");
    require(pthread_create(&server->thread, NULL, answering_run, server) == 0, "pthread_create");
}

/* The number of connections since the last call of this. */
static inline int answering_connections(answering *server)
{
    int connections;

    pthread_mutex_lock(&server->lock);
    connections = server->connections;
    server->connections = 0;
    pthread_mutex_unlock(&server->lock);
    return connections;
}

static inline void answering_stop(answering *server)
{
    shutdown(server->listener, SHUT_RDWR); /* ends the accept; on Windows closing does */
#ifdef _WIN32
    closesocket(server->listener);
    pthread_join(server->thread, NULL);
#else
    pthread_join(server->thread, NULL);
    close(server->listener);
#endif
    pthread_mutex_destroy(&server->lock);
}

#endif
