#include <stdio.h>

#include "arguments.h"
#include "master.h"

enum { EXIT_WRONG_USAGE = 2 };

static int refuse(const mtc_error *error) {
    char text[1024];
    arguments_describe(error, text, sizeof text);
    log_say(LOG_ERROR, "%s", text);
    return EXIT_WRONG_USAGE;
}

int main(int argc, char **argv) {
    const mtcd_arguments arguments = arguments_parse(argc, argv);
    switch (arguments.action) {
    case ACTION_USAGE: arguments_help(stderr); return EXIT_WRONG_USAGE;
    case ACTION_HELP: arguments_help(stdout); return 0;
    case ACTION_VERSION: printf("mtcheckd %s\n", mtc_version()); return 0;
    case ACTION_LIST_OPTIONS: config_print_options(stdout); return 0;
    default: break;
    }
    mtcd_config config;
    mtc_error error;
    mtc_error_clear(&error);
    if (arguments_load_config(&arguments, &config, &error) != MTC_OK)
        return refuse(&error);
    if (arguments.action == ACTION_PRINT_CONFIG) {
        config_print(&config, stdout);
        return 0;
    }
    if (arguments.action == ACTION_CHECK_CONFIG) {
        printf("%s: sound\n", arguments.config_path);
        return 0;
    }
    return master_run(&arguments, &config);
}
