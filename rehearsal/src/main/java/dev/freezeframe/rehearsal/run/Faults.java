package dev.freezeframe.rehearsal.run;

import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.cloud.InvocationFault;
import dev.freezeframe.rehearsal.deployment.AlarmFault;
import dev.freezeframe.rehearsal.ec2.snapshot.SetFault;
import dev.freezeframe.rehearsal.events.EventFault;
import dev.freezeframe.rehearsal.events.SchedulerFault;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.InstanceFault;

/** What goes wrong in an embedded cloud, by the service that it befalls. */
public record Faults(
    CallFault calls,
    InvocationFault invocations,
    ExecutionFault executions,
    GuestFault guests,
    SetFault sets,
    InstanceFault instances,
    EventFault events,
    SchedulerFault schedules,
    AlarmFault alarms,
    ManualFault byHand) {

  /** Nothing goes wrong. */
  public static final Faults NONE =
      new Faults(
          CallFault.NONE,
          InvocationFault.NONE,
          ExecutionFault.NONE,
          GuestFault.NONE,
          SetFault.NONE,
          InstanceFault.NONE,
          EventFault.NONE,
          SchedulerFault.NONE,
          AlarmFault.NONE,
          ManualFault.NONE);

  public Faults withCalls(CallFault other) {
    return new Faults(
        other, invocations, executions, guests, sets, instances, events, schedules, alarms, byHand);
  }

  public Faults withInvocations(InvocationFault other) {
    return new Faults(
        calls, other, executions, guests, sets, instances, events, schedules, alarms, byHand);
  }

  public Faults withExecutions(ExecutionFault other) {
    return new Faults(
        calls, invocations, other, guests, sets, instances, events, schedules, alarms, byHand);
  }

  public Faults withGuests(GuestFault other) {
    return new Faults(
        calls, invocations, executions, other, sets, instances, events, schedules, alarms, byHand);
  }

  public Faults withSets(SetFault other) {
    return new Faults(
        calls,
        invocations,
        executions,
        guests,
        other,
        instances,
        events,
        schedules,
        alarms,
        byHand);
  }

  public Faults withInstances(InstanceFault other) {
    return new Faults(
        calls, invocations, executions, guests, sets, other, events, schedules, alarms, byHand);
  }

  public Faults withEvents(EventFault other) {
    return new Faults(
        calls, invocations, executions, guests, sets, instances, other, schedules, alarms, byHand);
  }

  public Faults withSchedules(SchedulerFault other) {
    return new Faults(
        calls, invocations, executions, guests, sets, instances, events, other, alarms, byHand);
  }

  public Faults withAlarms(AlarmFault other) {
    return new Faults(
        calls, invocations, executions, guests, sets, instances, events, schedules, other, byHand);
  }
}
