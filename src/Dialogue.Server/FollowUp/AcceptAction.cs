namespace Dialogue.FollowUp;

/// <summary>The owner takes it on, with a first step and an if-then plan in the own words.</summary>
internal sealed class AcceptAction : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.Accept;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) =>
        [
            StepField.Line("FirstStep", required: true, row.FirstStep),
            StepField.Date("FirstStepDate", required: true, row.FirstStepDate),
            StepField.Text("IfThen", value: row.IfThen),
        ];

    public override Result<ActionStep> Read(StepInput input) =>
        input.Date("FirstStepDate") is { } date
            ? new ActionStep.Accept(input.Text("FirstStep"), date, input.Optional("IfThen"))
            : RefusalCode.DateMissing;
}
