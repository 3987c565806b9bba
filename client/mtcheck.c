/* mtcheck: the command for people and pipelines. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ask.h"
#include "report.h"
#include "request.h"
#include "rule_new.h"
#include "rule_show.h"
#include "test_rules.h"

enum { LARGEST_ARTICLE = 1 << 20, EXIT_TROUBLE = 2, DEFAULT_WIDTH = 80, NARROWEST = 40 };

static report_style choose_style(const command_options *options) {
    report_style style = {.width = options->width};
    const bool is_terminal = isatty(STDOUT_FILENO) == 1;
    struct winsize size;
    if (style.width == 0 && is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
        size.ws_col >= NARROWEST) {
        style.width = size.ws_col;
    }
    if (style.width == 0) style.width = DEFAULT_WIDTH;
    const char *const no_color = getenv("NO_COLOR"); /* https://no-color.org */
    style.color =
        options->color == COLOR_ALWAYS || (options->color == COLOR_AUTO && is_terminal &&
                                           (no_color == NULL || no_color[0] == '\0'));
    return style;
}

static void print_reply(const command_options *options, reply *answer, mtc_str bytes,
                        const char *name, const input *in) {
    if (options->format == FORMAT_TEXT) {
        report_print(stdout, answer, name, in, options->title, choose_style(options));
        return;
    }
    if (options->format == FORMAT_JSON && !input_is_repaired(in)) {
        fwrite(bytes.ptr, 1, bytes.len, stdout);
        fputc('\n', stdout);
        return;
    }
    reply_move_back(answer, in);
    char *const line = reply_dump(answer, options->format == FORMAT_JSONL ? name : NULL);
    if (line != NULL) puts(line);
    free(line);
}

static int check_input(const command_options *options, const request_lists *lists,
                       answerer *who, const char *name, const input *in) {
    size_t size = 0;
    char *const request = request_check(options, lists, in, &size);
    if (request == NULL) {
        fprintf(stderr, "mtcheck: %s: no request can be made of it (is --title UTF-8?)\n",
                name);
        return EXIT_TROUBLE;
    }
    mtc_str bytes;
    reply answer;
    int code = EXIT_TROUBLE;
    if (answerer_ask(who, (mtc_str){request, size}, &bytes)) {
        if (reply_parse(bytes, &answer)) {
            code = reply_exit_code(&answer, options);
            print_reply(options, &answer, bytes, name, in);
            reply_free(&answer);
        } else {
            fprintf(stderr, "mtcheck: %s: the answer is no reply of the protocol\n",
                    name);
        }
    }
    free(request);
    return code;
}

static int check_file(const command_options *options, const request_lists *lists,
                      answerer *who, const char *path) {
    const bool is_standard_input = strcmp(path, "-") == 0;
    const char *const name = is_standard_input ? "standard input" : path;
    if (is_standard_input && isatty(STDIN_FILENO) == 1) {
        fputs("mtcheck: type or paste the article; Ctrl-D on a line of its own ends it "
              "(mtcheck --help)\n",
              stderr);
    }
    input in;
    const char *const trouble = input_read(path, LARGEST_ARTICLE, &in);
    if (trouble != NULL) {
        fprintf(stderr, "mtcheck: %s: %s\n", name, trouble);
        return EXIT_TROUBLE;
    }
    const int code = check_input(options, lists, who, name, &in);
    input_free(&in);
    return code;
}

static int check_files(const command_options *options, answerer *who) {
    static char *const STANDARD_INPUT[] = {"-"};
    char *const *const files = options->file_count > 0 ? options->files : STANDARD_INPUT;
    const int count = options->file_count > 0 ? options->file_count : 1;
    request_lists lists;
    if (!request_lists_read(options, &lists)) return EXIT_TROUBLE;
    int worst = 0;
    for (int i = 0; i < count; i++) {
        if (i > 0 && options->format == FORMAT_TEXT) fputc('\n', stdout);
        const int code = check_file(options, &lists, who, files[i]);
        if (code > worst) worst = code;
    }
    request_lists_free(&lists);
    return worst;
}

static int ask_fact(const command_options *options, answerer *who, const char *op) {
    size_t size = 0;
    char *const request = request_op(op, options, &size);
    mtc_str bytes;
    reply answer;
    int code = EXIT_TROUBLE;
    if (request != NULL && answerer_ask(who, (mtc_str){request, size}, &bytes) &&
        reply_parse(bytes, &answer)) {
        code = reply_exit_code(&answer, options);
        if (options->format == FORMAT_TEXT) {
            report_print_facts(stdout, &answer);
        } else {
            fwrite(bytes.ptr, 1, bytes.len, stdout);
            fputc('\n', stdout);
        }
        reply_free(&answer);
    }
    free(request);
    return code;
}

static int run_with_answerer(const command_options *options) {
    static const char *const OPS[] = {[COMMAND_HEALTH] = "health",
                                      [COMMAND_STATS] = "stats",
                                      [COMMAND_RULES] = "rules",
                                      [COMMAND_VERSION] = "version"};
    answerer who;
    int code = EXIT_TROUBLE;
    if (answerer_open(options, &who)) {
        code = options->command == COMMAND_CHECK
                   ? check_files(options, &who)
                   : ask_fact(options, &who, OPS[options->command]);
    }
    answerer_close(&who);
    return code;
}

static int test_rules(const command_options *options) {
    const mtc_engine_options engine_options = {.data_dir =
                                                   data_dir_find(options->data_dir),
                                               .overlay_dir = options->overlay_dir};
    return mtc_test_rules(&engine_options, options->argument, stdout);
}

static int run(const command_options *options) {
    switch (options->command) {
    case COMMAND_DONE: return 0;
    case COMMAND_WRONG: return EXIT_TROUBLE;
    case COMMAND_TEST_RULES: return test_rules(options);
    case COMMAND_NEW_RULE:
        return mtc_rule_new(options->argument, data_dir_find(options->data_dir), stdout,
                            stderr)
                   ? 0
                   : EXIT_TROUBLE;
    case COMMAND_SHOW_TEXT:
        return mtc_rule_show(options->argument, data_dir_find(options->data_dir), stdout,
                             stderr)
                   ? 0
                   : EXIT_TROUBLE;
    default: return run_with_answerer(options);
    }
}

int main(int argc, char **argv) {
    json_object_seed(0);
    const command_options options = options_read(argc, argv);
    const int code = run(&options);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("mtcheck: the report could not be written\n", stderr);
        return EXIT_TROUBLE;
    }
    return code;
}
