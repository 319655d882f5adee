package dev.freezeframe.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.cloud.EventSink;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.cloud.Latencies;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.functions.Functions;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Step Functions service.
 *
 * <p>All of it happens as events of virtual time: anyone who starts, aborts or redrives goes on at
 * once.
 */
public final class StepFunctions {
  private final VirtualTime time;
  private final Seed seed;
  private final EventSink events;
  private final ExecutionFault faults;
  private final Tasks tasks;
  private final Map<String, StateMachine> machines = new HashMap<>();
  private final Map<String, Run> runs = new LinkedHashMap<>();

  public StepFunctions(
      VirtualTime time, Seed seed, Functions functions, EventSink events, ExecutionFault faults) {
    this(time, seed, Latencies.USUAL, functions, events, AlarmReader.NONE, faults);
  }

  /** The service where what it asks of others takes longer or shorter than usual. */
  public StepFunctions(
      VirtualTime time,
      Seed seed,
      Latencies latencies,
      Functions functions,
      EventSink events,
      AlarmReader alarms,
      ExecutionFault faults) {
    this.time = time;
    this.seed = seed;
    this.events = events;
    this.faults = faults;
    this.tasks = new Tasks(time, seed, latencies, functions, events, alarms, this);
  }

  /**
   * Deploys a state machine.
   *
   * @param substitutions what stands for each {@code ${Placeholder}} of the file
   * @return its ARN
   * @throws IllegalArgumentException if the file cannot be rehearsed, with the reason
   */
  public String deploy(String name, String aslJson, Map<String, String> substitutions) {
    ExecutionName.check(name);
    Definition definition = Definition.read(name, aslJson, substitutions);
    StateMachine machine = new StateMachine(name, definition);
    machines.put(machine.arn(), machine);
    return machine.arn();
  }

  /**
   * Starts an execution.
   *
   * @param name if empty, a random one is taken
   * @return its ARN; that of the one that runs already with this name and input, if there is one
   * @throws StepFunctionsException as {@code InvalidName}, {@code StateMachineDoesNotExist} or
   *     {@code ExecutionAlreadyExists}
   */
  public String start(String stateMachineArn, String name, JsonNode input) {
    return startExecution(stateMachineArn, name, input).arn();
  }

  /** Starts one that a state machine asks for. */
  Execution startForState(String stateMachineArn, String name, JsonNode input) {
    if (faults.refusesStart(name)) {
      throw new StepFunctionsException("ExecutionLimitExceeded", "Execution Limit Exceeded");
    }
    return startExecution(stateMachineArn, name, input);
  }

  /**
   * Starts one for an event or a schedule, under a random name.
   *
   * @throws StepFunctionsException as {@code ThrottlingException}, if a fault refuses it
   */
  public void startForEvent(String stateMachineArn, JsonNode input) {
    if (faults.refusesEvent(stateMachineArn)) {
      throw new StepFunctionsException("ThrottlingException", "Rate exceeded");
    }
    startExecution(stateMachineArn, "", input);
  }

  private Execution startExecution(String stateMachineArn, String givenName, JsonNode input) {
    StateMachine machine = machines.get(stateMachineArn);
    if (machine == null) {
      throw new StepFunctionsException(
          "StateMachineDoesNotExist",
          "State Machine Does Not Exist: '%s'".formatted(stateMachineArn));
    }
    String name =
        givenName.isEmpty() ? seed.uuid("execution " + runs.size()).toString() : givenName;
    ExecutionName.check(name);
    String arn = machine.executionArn(name);
    Run same = runs.get(arn);
    if (same == null) {
      Execution execution = new Execution(arn, name, machine, input.deepCopy(), time.instant());
      Run run = run(execution);
      runs.put(arn, run);
      run.begin();
      return execution;
    }
    if (same.execution().isRunning()
        && same.execution().input().toString().equals(input.toString())) {
      return same.execution();
    }
    throw new StepFunctionsException(
        "ExecutionAlreadyExists", "Execution Already Exists: '%s'".formatted(arn));
  }

  /** Stops an execution and the executions it waits for; nothing if it has ended. */
  public void abort(String executionArn) {
    Run run = find(executionArn);
    if (run.execution().isRunning()) {
      run.end(Ending.aborted());
    }
  }

  /**
   * Lets an execution that did not succeed go on with the state that it did not leave, with the
   * same input.
   *
   * @throws StepFunctionsException as {@code ExecutionNotRedrivable}
   */
  public void redrive(String executionArn) {
    Run run = find(executionArn);
    Execution execution = run.execution();
    if (execution.isRunning() || execution.status() == ExecutionStatus.SUCCEEDED) {
      throw new StepFunctionsException(
          "ExecutionNotRedrivable",
          "Execution is %s and cannot be redriven: '%s'"
              .formatted(execution.status(), executionArn));
    }
    execution.redriven();
    run.begin();
  }

  /** One execution. */
  public Execution execution(String executionArn) {
    return find(executionArn).execution();
  }

  /** All executions, in the order in which they were started first. */
  public List<Execution> executions() {
    return runs.values().stream().map(run -> run.execution()).toList();
  }

  void whenEnded(Execution execution, Runnable action) {
    find(execution.arn()).whenEnded(action);
  }

  private Run run(Execution execution) {
    return new Run(
        time,
        seed,
        execution,
        ending -> new Progress(time, execution, faults, tasks::perform, ending),
        this::publish);
  }

  private void publish(Execution execution) {
    String purpose =
        "status %s %s %d".formatted(execution.arn(), execution.status(), execution.redriveCount());
    events.publish(StatusEvent.of(execution, seed.uuid(purpose), time.instant()));
  }

  private Run find(String executionArn) {
    Run run = runs.get(executionArn);
    if (run == null) {
      throw new StepFunctionsException(
          "ExecutionDoesNotExist", "Execution Does Not Exist: '%s'".formatted(executionArn));
    }
    return run;
  }
}
