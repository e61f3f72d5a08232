namespace Dialogue.FollowUp;

/// <summary>Somebody else takes it over, once they accept.</summary>
internal sealed class HandOver : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.HandOver;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) =>
        [StepField.Line("OwnerName", required: true), StepField.Email("OwnerEmail"), StepField.Text("Reason", required: true)];

    public override Result<ActionStep> Read(StepInput input) =>
        input.Person("OwnerName", "OwnerEmail") is { } owner
            ? new ActionStep.HandOver(owner, input.Text("Reason"))
            : RefusalCode.OwnerMissing;
}
