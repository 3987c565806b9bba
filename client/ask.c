#include "ask.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char SYSTEM_SOCKET[] = "/run/mtcheck/mtcheckd.sock";
static const char USUAL_OVERLAY[] = "/etc/mtcheck"; /* as the daemon's */
static const char USER_SOCKET[] = "/mtcheck/mtcheckd.sock";

void error_print(const mtc_error *error) {
    fputs("mtcheck: ", stderr);
    if (error->file[0] != '\0') {
        fputs(error->file, stderr);
        if (error->line > 0) fprintf(stderr, ":%u", error->line);
        if (error->column > 0) fprintf(stderr, ":%u", error->column);
        fputs(": ", stderr);
    }
    fprintf(stderr, "%s\n", error->message);
}

const char *data_dir_find(const char *named) {
    static char path[PATH_MAX + 32];
    if (named != NULL) return named;
    const ssize_t length = readlink("/proc/self/exe", path, PATH_MAX);
    if (length <= 0) return MTC_INSTALLED_DATA_DIR;
    path[length] = '\0';
    for (int up = 0; up < 2; up++) {
        char *const slash = strrchr(path, '/');
        if (slash == NULL) return MTC_INSTALLED_DATA_DIR;
        *slash = '\0';
    }
    static const char DATA[] = "/share/mtcheck";
    memcpy(path + strlen(path), DATA, sizeof DATA);
    return access(path, R_OK) == 0 ? path : MTC_INSTALLED_DATA_DIR;
}

/* --- Which daemon? --- */

static void find_endpoint(const command_options *options, char *ret_endpoint,
                          size_t size) {
    const char *const from_environment = getenv("MTCHECK_ENDPOINT");
    const char *const runtime = getenv("XDG_RUNTIME_DIR");
    char user_socket[200] = "";
    if (runtime != NULL) {
        (void)snprintf(user_socket, sizeof user_socket, "%s%s", runtime, USER_SOCKET);
    }
    if (options->endpoint != NULL) {
        (void)snprintf(ret_endpoint, size, "%s", options->endpoint);
    } else if (from_environment != NULL && from_environment[0] != '\0') {
        (void)snprintf(ret_endpoint, size, "%s", from_environment);
    } else if (access(SYSTEM_SOCKET, F_OK) != 0 && access(user_socket, F_OK) == 0) {
        (void)snprintf(ret_endpoint, size, "ipc://%s", user_socket);
    } else {
        (void)snprintf(ret_endpoint, size, "ipc://%s", SYSTEM_SOCKET);
    }
}

static bool open_engine(const command_options *options, answerer *who) {
    mtc_error error;
    const char *const named = options->overlay_dir;
    const char *const overlay = named == NULL ? USUAL_OVERLAY : named;
    const mtc_engine_options engine_options = {
        .data_dir = data_dir_find(options->data_dir),
        .overlay_dir = overlay[0] == '\0' ? NULL : overlay,
        .text_limit = 1 << 20};
    if (mtc_engine_new(&engine_options, &who->engine, &error) == MTC_OK &&
        mtc_session_new(who->engine, &who->session, &error) == MTC_OK) {
        return true;
    }
    error_print(&error);
    return false;
}

bool answerer_open(const command_options *options, answerer *ret_answerer) {
    *ret_answerer = (answerer){0};
    if (options->embedded) return open_engine(options, ret_answerer);
    find_endpoint(options, ret_answerer->endpoint, sizeof ret_answerer->endpoint);
    const mtc_client_options client_options = {.endpoint = ret_answerer->endpoint,
                                               .timeout_ms = options->timeout_ms,
                                               .retries = options->retries};
    mtc_error error;
    if (mtc_client_new(&client_options, &ret_answerer->client, &error) == MTC_OK)
        return true;
    error_print(&error);
    return false;
}

void answerer_close(answerer *who) {
    mtc_session_free(who->session);
    mtc_engine_free(who->engine);
    mtc_client_free(who->client);
}

/* --- Asking --- */

static uint64_t now_us(void *context) {
    (void)context;
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

bool answerer_ask(answerer *who, mtc_str request, mtc_str *ret_reply) {
    if (who->session != NULL) {
        const mtc_timing timing = {.now_us = now_us, .received_us = now_us(NULL)};
        if (mtc_session_answer(who->session, request, &timing, ret_reply) == MTC_OK)
            return true;
        fputs("mtcheck: there is not enough memory for this check\n", stderr);
        return false;
    }
    mtc_error error;
    if (mtc_client_ask(who->client, request, ret_reply, &error) == MTC_OK) return true;
    error_print(&error);
    if (error.status == MTC_NO_ANSWER) {
        fputs("Start it (systemctl start mtcheckd, or: mtcheckd --endpoint "
              "ipc:///tmp/my.sock),\n"
              "name another one (--endpoint URI or $MTCHECK_ENDPOINT), or check without "
              "a daemon:\n"
              "mtcheck --embedded FILE\n",
              stderr);
    }
    return false;
}
