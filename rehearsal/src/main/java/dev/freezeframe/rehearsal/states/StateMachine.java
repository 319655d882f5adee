package dev.freezeframe.rehearsal.states;

import dev.freezeframe.rehearsal.cloud.Account;

/** A state machine that was deployed. */
record StateMachine(String name, Definition definition) {

  String arn() {
    return Account.arn("states", "stateMachine:" + name);
  }

  String executionArn(String execution) {
    return Account.arn("states", "execution:%s:%s".formatted(name, execution));
  }
}
