#include "arguments.h"

#include <getopt.h>
#include <string.h>
#include <unistd.h>

#include "access.h"

static const char USUAL_CONFIG[] = "/etc/mtcheck/mtcheckd.yaml";

enum { CONFIG = 256, CHECK_CONFIG, ENDPOINT, DATA_DIR, PRINT_CONFIG, LIST_OPTIONS };

static const struct option LONG[] = {
    {"config", required_argument, NULL, CONFIG},
    {"check-config", required_argument, NULL, CHECK_CONFIG},
    {"endpoint", required_argument, NULL, ENDPOINT},
    {"data-dir", required_argument, NULL, DATA_DIR},
    {"print-config", no_argument, NULL, PRINT_CONFIG},
    {"list-options", no_argument, NULL, LIST_OPTIONS},
    {"version", no_argument, NULL, 'V'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

void arguments_help(FILE *to) {
    fprintf(
        to,
        "usage: mtcheckd [OPTION…]\n"
        "Checks articles for the defects of machine translation, over ZeroMQ.\n"
        "\n"
        "  --config FILE        configuration (default: %s, where it exists)\n"
        "  --endpoint URI       listen there instead of what the configuration says:\n"
        "                       ipc:///run/… or tcp://127.0.0.1:PORT; repeatable\n"
        "  --data-dir FOLDER    rules, dictionaries and models\n"
        "  --check-config FILE  say whether the configuration is sound, and end\n"
        "  --print-config       print the configuration in force, and end\n"
        "  --list-options       print the table of all keys, and end\n"
        "  --version, --help\n"
        "\n"
        "SIGHUP loads configuration, rules and dictionaries anew; SIGTERM ends what has\n"
        "begun, refuses what waits, and ends the daemon.\n",
        USUAL_CONFIG);
}

static bool add_endpoint(mtcd_arguments *to, const char *endpoint) {
    if (to->endpoint_count == CONFIG_ENDPOINTS ||
        strlen(endpoint) >= CONFIG_ENDPOINT_SIZE) {
        fprintf(stderr, "mtcheckd: too many endpoints, or one that is too long\n");
        return false;
    }
    to->endpoints[to->endpoint_count++] = endpoint;
    return true;
}

mtcd_arguments arguments_parse(int argc, char **argv) {
    mtcd_arguments found = {.action = ACTION_SERVE};
    const mtcd_arguments wrong = {.action = ACTION_USAGE};
    int choice;
    while ((choice = getopt_long(argc, argv, "hV", LONG, NULL)) != -1) {
        switch (choice) {
        case CHECK_CONFIG: found.action = ACTION_CHECK_CONFIG; /* fall through */
        case CONFIG: found.config_path = optarg; break;
        case ENDPOINT:
            if (!add_endpoint(&found, optarg)) return wrong;
            break;
        case DATA_DIR: found.data_dir = optarg; break;
        case PRINT_CONFIG: found.action = ACTION_PRINT_CONFIG; break;
        case LIST_OPTIONS: found.action = ACTION_LIST_OPTIONS; break;
        case 'V': found.action = ACTION_VERSION; break;
        case 'h': found.action = ACTION_HELP; break;
        default: return wrong; /* getopt has told why */
        }
    }
    if (optind < argc) {
        fprintf(stderr, "mtcheckd: unexpected argument %s\n", argv[optind]);
        return wrong;
    }
    return found;
}

mtc_status arguments_load_config(const mtcd_arguments *arguments, mtcd_config *ret_config,
                                 mtc_error *error) {
    config_defaults(ret_config);
    const char *path = arguments->config_path;
    if (path == NULL && access(USUAL_CONFIG, F_OK) == 0) path = USUAL_CONFIG;
    if (path != NULL) {
        const mtc_status status = config_read(path, ret_config, error);
        if (status != MTC_OK) return status;
    }
    if (arguments->endpoint_count > 0) {
        ret_config->endpoint_count = arguments->endpoint_count;
        for (uint32_t i = 0; i < arguments->endpoint_count; i++) {
            snprintf(ret_config->endpoints[i], CONFIG_ENDPOINT_SIZE, "%s",
                     arguments->endpoints[i]);
        }
    }
    if (arguments->data_dir != NULL) {
        snprintf(ret_config->data_dir, sizeof ret_config->data_dir, "%s",
                 arguments->data_dir);
    }
    const mtc_status status = config_finish(ret_config, error);
    return status == MTC_OK ? access_check(ret_config, error) : status;
}

void arguments_describe(const mtc_error *error, char *ret_text, size_t size) {
    if (error->file[0] == '\0') {
        snprintf(ret_text, size, "%s", error->message);
    } else if (error->line == 0) {
        snprintf(ret_text, size, "%s: %s", error->file, error->message);
    } else {
        snprintf(ret_text, size, "%s:%u:%u: %s", error->file, error->line, error->column,
                 error->message);
    }
}
