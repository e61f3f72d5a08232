namespace Dialogue.FollowUp;

/// <summary>A later or an earlier date, with a reason. The date that was agreed in the room stays visible.</summary>
internal sealed class ChangeDueDate : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.ChangeDueDate;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) =>
        [StepField.Date("DueDate", required: true, row.DueDate), StepField.Text("Reason", required: true)];

    public override Result<ActionStep> Read(StepInput input) =>
        input.Date("DueDate") is { } date ? new ActionStep.ChangeDueDate(date, input.Text("Reason")) : RefusalCode.DateMissing;
}
