package dev.freezeframe.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An execution, as it stands at the moment it is looked at. */
public final class Execution {
  private final String arn;
  private final String name;
  private final StateMachine machine;
  private final JsonNode input;
  private final Instant startedAt;
  private final History history = new History();
  private ExecutionStatus status = ExecutionStatus.RUNNING;
  private String nextState;
  private JsonNode nextInput;
  private JsonNode output;
  private String error;
  private String cause;
  private Instant endedAt;
  private int redriveCount;

  Execution(String arn, String name, StateMachine machine, JsonNode input, Instant startedAt) {
    this.arn = arn;
    this.name = name;
    this.machine = machine;
    this.input = input;
    this.startedAt = startedAt;
    this.nextState = machine.definition().machine().startAt();
    this.nextInput = input;
  }

  public String arn() {
    return arn;
  }

  public String name() {
    return name;
  }

  public String stateMachineArn() {
    return machine.arn();
  }

  public JsonNode input() {
    return input;
  }

  /** When it was started first; a redrive does not change it. */
  public Instant startedAt() {
    return startedAt;
  }

  public ExecutionStatus status() {
    return status;
  }

  /** Of an execution that succeeded. */
  public Optional<JsonNode> output() {
    return Optional.ofNullable(output);
  }

  /** The error's name, of an execution that failed. */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  public Optional<String> cause() {
    return Optional.ofNullable(cause);
  }

  public Optional<Instant> endedAt() {
    return Optional.ofNullable(endedAt);
  }

  public int redriveCount() {
    return redriveCount;
  }

  /**
   * The states in the order in which they were entered, those inside Map and Parallel states among
   * them. A state that is retried is entered once.
   */
  public List<EnteredState> states() {
    return history.states();
  }

  /** The names of its own states, without those inside Map and Parallel states. */
  public List<String> stateNames() {
    return states().stream().filter(state -> state.depth() == 0).map(EnteredState::name).toList();
  }

  /** About how many events its history has in Step Functions. */
  public int historyEvents() {
    return history.events();
  }

  /** The bytes of the largest input or output of a state or task. */
  public int largestPayload() {
    return history.largestPayload();
  }

  boolean isRunning() {
    return status == ExecutionStatus.RUNNING;
  }

  StateMachine machine() {
    return machine;
  }

  History history() {
    return history;
  }

  /** The state that has not been left yet, from which a redrive goes on. */
  String nextState() {
    return nextState;
  }

  JsonNode nextInput() {
    return nextInput;
  }

  void goesOnWith(String state, JsonNode stateInput) {
    nextState = state;
    nextInput = stateInput;
  }

  void redriven() {
    status = ExecutionStatus.RUNNING;
    error = null;
    cause = null;
    endedAt = null;
    redriveCount++;
  }

  void ended(Ending ending, Instant now) {
    status = ending.status();
    output = ending.output();
    error = ending.error();
    cause = ending.cause();
    endedAt = now;
    history.ended();
  }
}
