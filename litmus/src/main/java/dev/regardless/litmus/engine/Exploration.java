package dev.regardless.litmus.engine;

import dev.regardless.litmus.outcome.OutcomeSet;
import java.util.List;

/**
 * What an engine found.
 *
 * @param outcomes         all outcomes that were reached
 * @param countsExecutions whether the witness numbers count executions as herd does
 * @param loopCut          whether a path was cut because it jumped backwards too often, so that outcomes may be missing
 * @param complete         false if a limit ended the exploration early
 * @param visited          executions or states visited, for reports
 * @param examples         executions kept for graphs
 */
public record Exploration(OutcomeSet outcomes, boolean countsExecutions, boolean loopCut, boolean complete,
    long visited, List<ExecutionExample> examples) {}
