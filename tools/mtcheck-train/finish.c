#include "finish.h"

#include "calibrate.h"

void train_finish(const train_net *net, const train_recipe *recipe, train_data *data,
                  const char *path, void (*say)(const char *line)) {
    train_reservoir text, held_out;
    train_look look = {0};
    const train_look *const shipped = recipe->look > 0 ? &look : NULL;
    train_reservoir_of(&text, recipe, data);
    const train_calibration plain = train_uncalibrated();
    train_write_model(net, data, NULL, &plain, path);
    if (shipped != NULL) {
        look = train_look_learn(&text, path, say);
        train_write_model(net, data, shipped, &plain, path);
    }
    train_reservoir_held_out(&held_out, recipe, data);
    const train_calibration fitted = train_calibrate(&held_out, path);
    train_write_model(net, data, shipped, &fitted, path);
    train_look_free(&look);
    train_reservoir_free(&text);
    train_reservoir_free(&held_out);
}
