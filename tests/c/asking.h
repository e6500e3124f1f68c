/* For programs that need the stand-in server: argv[1] is its address, argv[2] a file with a token. The server has the
 * licenses of standin/licenses/demo.json. Include expect.h first.
 */
#ifndef ASKING_H
#define ASKING_H

/* One component of each kind, with the verdict that demo.json gives. */
#define ASKING_CONSUMERS \
    "[{\"component_id\":\"tools.creator\",\"consumer_id\":\"qtcreator\",\"consumer_version\":\"14.0.2\"}," \
    "{\"component_id\":\"tools.squish\",\"consumer_id\":\"squish_tester\",\"consumer_version\":\"9.0.0\"}," \
    "{\"component_id\":\"tools.coco\",\"consumer_id\":\"squish_coco\",\"consumer_version\":\"7.2.0\"}," \
    "{\"component_id\":\"qt.672\",\"consumer_id\":\"qtframework\",\"consumer_version\":\"6.7.2\"," \
    "\"consumer_build_timestamp\":\"2024-06-18\"}," \
    "{\"component_id\":\"tools.unheard\",\"consumer_id\":\"unheard_of\",\"consumer_version\":\"1.0\"}]"

static const struct {
    const char *component, *consumer;
    qls_verdict verdict;
} asking_verdicts[] = {
    {"tools.creator", "qtcreator", QLS_VERDICT_ALLOWED},
    {"tools.squish", "squish_tester", QLS_VERDICT_DENIED}, /* by version */
    {"tools.coco", "squish_coco", QLS_VERDICT_DENIED},     /* by expiry */
    {"qt.672", "qtframework", QLS_VERDICT_ALLOWED},        /* built before the perpetual license ended */
    {"tools.unheard", "unheard_of", QLS_VERDICT_DENIED},   /* in no license */
};
enum { ASKING_COUNT = sizeof asking_verdicts / sizeof asking_verdicts[0] };

typedef struct asking {
    const char *server;
    char token[4096];
} asking;

static inline void asking_start(asking *from, int argc, char **argv)
{
    FILE *file;

    if (argc != 3) {
        fprintf(stderr, "usage: %s SERVER-URL TOKEN-FILE\n", argv[0]);
        exit(64);
    }
#ifdef _WIN32
    /* Wine does not pass on variables whose names begin with QT_. */
    if (getenv("QLS_TEST_ACCOUNT") != NULL) {
        setenv("QT_INSTALLER_JWT_TOKEN", getenv("QLS_TEST_ACCOUNT"), 1);
    }
#endif
    from->server = argv[1];
    file = fopen(argv[2], "r");
    require(file != NULL, argv[2]);
    require(fgets(from->token, sizeof from->token, file) != NULL, argv[2]);
    from->token[strcspn(from->token, "\r\n")] = '\0';
    require(fclose(file) == 0, argv[2]);
}

/* A path as an argument: what is not ASCII comes as %XX, since Windows gives a program its arguments in the system's code
 * page. Decoded in place.
 */
static inline char *asking_path(char *argument)
{
    char *to = argument, digits[3] = "";

    for (const char *from = argument; *from != '\0'; from++) {
        if (*from == '%' && from[1] != '\0') {
            memcpy(digits, from + 1, 2);
            *to++ = (char)strtol(digits, NULL, 16);
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return argument;
}

/* A client for that server. Its timeouts are long because Valgrind is slow. */
static inline qls_client *asking_client(const asking *from)
{
    qls_client *client = qls_client_new();

    EXPECT_INT(qls_client_set_server(client, from->server), QLS_OK);
    EXPECT_INT(qls_client_set_timeout_ms(client, 120000), QLS_OK);
    EXPECT_INT(qls_client_set_connect_timeout_ms(client, 60000), QLS_OK);
    return client;
}

static inline void asking_expect_verdicts(const qls_result *result)
{
    const char *component, *consumer;

    EXPECT_STATUS(result, QLS_OK);
    EXPECT_INT(qls_result_component_count(result), ASKING_COUNT);
    for (size_t i = 0; i < ASKING_COUNT; i++) {
        EXPECT_INT(qls_result_component(result, i, &component, &consumer), asking_verdicts[i].verdict);
        EXPECT_STR(component, asking_verdicts[i].component);
        EXPECT_STR(consumer, asking_verdicts[i].consumer);
        EXPECT_INT(qls_result_is_allowed(result, asking_verdicts[i].component),
                   asking_verdicts[i].verdict == QLS_VERDICT_ALLOWED);
    }
}

#endif
