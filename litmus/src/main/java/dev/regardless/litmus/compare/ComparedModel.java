package dev.regardless.litmus.compare;

import dev.regardless.litmus.engine.Exploration;
import dev.regardless.litmus.load.LoadedTest;

/**
 * A test under one model: a column of the matrix.
 *
 * @param label       the model, with the architecture where a mapping was used
 * @param model       the model's name
 * @param loaded      the test as that architecture runs it
 * @param exploration its outcomes
 */
public record ComparedModel(String label, String model, LoadedTest loaded, Exploration exploration) {}
