package dev.regardless.checker;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param verdict the answer
 * @param executions complete executions without violation
 * @param blocked executions in which some thread waited for a value that it would see later: each is continued in another
 * @param cut executions that a loop bound ended
 * @param counterexample for {@link Verdict#VIOLATED} the execution to show, otherwise null
 * @param limit for {@link Verdict#LIMIT} which limit, in words; otherwise empty
 * @param open for {@link Verdict#LIMIT} the number of open branches of the search, each with what lies behind it
 * @param estimate for {@link Verdict#LIMIT} how many executions there are in all, if that could be estimated
 * @param registers names of the outcome's numbers
 * @param outcomes how many executions had which outcome
 */
public record CheckResult(
    Verdict verdict,
    long executions,
    long blocked,
    long cut,
    @Nullable Counterexample counterexample,
    String limit,
    long open,
    @Nullable Estimate estimate,
    List<String> registers,
    SortedMap<List<Long>, Long> outcomes) {}
