"""What is kept about no person, or about nobody whom anybody could find: the columns of each table, with the reason."""

from __future__ import annotations

from hub.personal_data.registry import Nobodys

PUBLIC = "It is about a public thing, and written by those who act for it."
QUESTIONNAIRE = "It is what is asked, and no answer."
SEATED = "It is about whoever sits in a seat, by the membership, which says who that is."
COUNTS = "It is a figure that stands for many people."

OF_NOBODY = {
    "agreement": Nobodys(
        PUBLIC,
        "id body_id state title purpose territory_ids signed_on in_force_from in_force_until end_reason ended_at"
        " created_at",
    ),
    "agreement_obligation": Nobodys(PUBLIC, "id agreement_id position text party_position due_on mandate_id"),
    "agreement_renewal": Nobodys(PUBLIC, "id agreement_id number former_until until reason renewed_at"),
    "action_item": Nobodys(
        PUBLIC,
        "id session_id agenda_item_id number task owner_id organization_id due_on state evidence"
        " drop_reason created_at ended_at",
    ),
    "allowance": Nobodys(
        "A keyed digest of who has asked for much lately, which is dropped when it has come back.",
        "principal spent_at full_at",
    ),
    "ballot_box": Nobodys(
        "It counts ballots that lead to nobody.",
        "vote_event_id votes_for votes_against abstentions",
    ),
    "body": Nobodys(PUBLIC, "id kind state parent_id predecessor_id remit legal_basis state_reason folded_name"),
    "body_charter": Nobodys(PUBLIC, "id body_id number remit legal_basis territory_ids reason adopted_at"),
    "body_territory": Nobodys(PUBLIC, "body_id territory_id"),
    "client": Nobodys(
        "It is about a program and the organisation that answers for it, which chooses the address of its contact.",
        "id organization_id name purpose contact language redirect_uris scopes created_at expires_at ended_at"
        " end_reason",
    ),
    "consultation": Nobodys(
        PUBLIC,
        "id mandate_id body_id organization_id kind state title purpose scope privacy_notice notice_hash attribution"
        " source_language identity_policy assurance anonymity results_policy responses_each network_limit"
        " smallest_cell opens_at opens_local closes_at closes_local zone grace_seconds late_days counted_until"
        " late_until answer_due_on answered_at created_at",
    ),
    "consultation_key": Nobodys(
        "It is the key of everybody's pseudonyms in one consultation, and is destroyed when that is over.",
        "consultation_id wrapped",
    ),
    "consultation_report": Nobodys(
        PUBLIC,
        "id consultation_id number state method limitations correction_note release_id snapshot_hash response_count"
        " begun_not_sent invitations_issued created_at edition approved_at published_at",
    ),
    "consultation_territory": Nobodys(PUBLIC, "consultation_id territory_id"),
    "convocation": Nobodys(
        PUBLIC,
        "id session_id number kind issued_at starts_at starts_local zone place notice_met latest_day reason",
    ),
    "dated_name": Nobodys(PUBLIC, "id entry_id name acronym valid_from valid_until"),
    "document": Nobodys(
        PUBLIC,
        "id entry_id part_id file_id body_id sight title role licence position published_at withdrawn_at"
        " withdrawn_reason",
    ),
    "entry": Nobodys(
        PUBLIC,
        "id kind folio body_id visibility title search published_at updated_at hidden_at withdrawn_at created_via"
        " source_url imported_from",
    ),
    "erasure": Nobodys(
        "It is a keyed digest of an account that is gone, by which an older backup knows that it must go again.",
        "digest contributions erased_on",
    ),
    "deliverable": Nobodys(PUBLIC, "id mandate_id entry_id document_id delivered_at"),
    "folio_counter": Nobodys(PUBLIC, "body_id kind year last"),
    "instrument": Nobodys(
        PUBLIC,
        "id body_id kind state title vote_event_id adopted_at in_force_from in_force_until gazette gazette_date"
        " gazette_page void_reason created_at",
    ),
    "instrument_order": Nobodys(
        PUBLIC,
        "id revision_id position paragraph kind title question due_on budget_note responsible_body_id"
        " responsible_organization_id responsible_membership_id",
    ),
    "instrument_relation": Nobodys(PUBLIC, "id revision_id position kind target_id"),
    "instrument_revision": Nobodys(
        PUBLIC, "id instrument_id number title addressed_to note content_hash fixed_at created_at"
    ),
    "instrument_section": Nobodys(
        PUBLIC,
        "id revision_id position code heading text",
    ),
    "instrument_signature": Nobodys(
        "It is a public act for a seat; whose it was is told by the membership, which is somebody's.",
        "id instrument_id membership_id content_hash signed_at",
    ),
    "invitation": Nobodys(
        "It is a digest of a code that somebody holds; who that is, the hub does not know.",
        "id consultation_id digest batch issued_on",
    ),
    "lawful_move": Nobodys("It is a rule.", "machine source event target"),
    "logout_token_taken": Nobodys(
        "It is a digest of what a provider sent, which is dropped within the hour.", "digest forgotten_at"
    ),
    "mandate": Nobodys(
        PUBLIC,
        "id kind origin state body_id organization_id instrument_id paragraph title reason question budget_note due_on"
        " responsible_body_id responsible_organization_id responsible_membership_id ordered_at delivered_at"
        " closing_reason created_at",
    ),
    "mandate_notice": Nobodys(
        PUBLIC,
        "id mandate_id number kind responsible_body_id responsible_organization_id responsible_membership_id due_on"
        " reason published_at",
    ),
    "matrix_row": Nobodys(QUESTIONNAIRE, "id question_id position code label"),
    "minutes": Nobodys(
        PUBLIC,
        "id session_id state content_hash approved_by_id created_at circulated_at observations_until"
        " approved_at published_at",
    ),
    "minutes_addendum": Nobodys(
        PUBLIC,
        "id minutes_id number text content_hash added_at",
    ),
    "minutes_revision": Nobodys(
        PUBLIC,
        "id minutes_id number text content_hash created_at",
    ),
    "minutes_signature": Nobodys(
        SEATED,
        "id minutes_id membership_id post content_hash signed_at",
    ),
    "network_count": Nobodys(
        "It is a keyed digest of a network, in which many people are, and is dropped after its day.",
        "consultation_id day digest drafts count",
    ),
    "option": Nobodys(QUESTIONNAIRE, "id question_id position code label other"),
    "organization": Nobodys(PUBLIC, "id kind level branch state territory_id predecessor_id website folded_name"),
    "question": Nobodys(
        QUESTIONNAIRE,
        "id revision_id section_id lineage_id position code kind sensitivity title hint required display_rule"
        " max_length min_choices max_choices minimum maximum decimals unit low_label high_label earliest latest"
        " place_kind file_types max_size source_moderation",
    ),
    "parity_rule": Nobodys(PUBLIC, "id body_id dimension version tolerance consequence reason adopted_at ended_at"),
    "questionnaire_revision": Nobodys(
        QUESTIONNAIRE, "id consultation_id number revision_class state note content_hash published_at"
    ),
    "quorum_count": Nobodys(COUNTS, "id session_id body_id occasion seats needed present counted_at"),
    "result_cell": Nobodys(
        COUNTS, "table_id category row_code item place count median lower_quartile upper_quartile points"
    ),
    "result_release": Nobodys(COUNTS, "id consultation_id number made_at smallest_cell response_count"),
    "result_table": Nobodys(COUNTS, "id consultation_id release_id lineage_id dimension position truth"),
    "seat": Nobodys(
        PUBLIC,
        "id body_id post title sector voting organization_id territory_id ordinal state created_at edition",
    ),
    "section": Nobodys(QUESTIONNAIRE, "id revision_id position title introduction"),
    "sector_count": Nobodys(
        COUNTS,
        "id vote_event_id sector votes_for votes_against abstentions silent",
    ),
    "session": Nobodys(
        PUBLIC,
        "id body_id joint_body_ids rules_id title kind mode state number call previous_call_id starts_at"
        " starts_local zone planned_minutes place link open_to_public closed_reason cancel_reason"
        " resumes_at resumes_local convened_at opened_at ended_at sequence created_at",
    ),
    "session_rules": Nobodys(
        PUBLIC,
        "id body_id version terms source valid_from created_at",
    ),
    "sign_in_count": Nobodys(
        "It is a keyed digest of an address or a network in one hour, which is dropped after it.", "hour digest count"
    ),
    "statement": Nobodys(
        PUBLIC,
        "id consultation_id lineage_id section_id position number state asked said did reasons instrument_id"
        " correction_note created_at edition approved_at published_at",
    ),
    "table_mark": Nobodys("It says no more than that something was written.", "name mark"),
    "territory": Nobodys(
        "It is a place.", "id kind code name folded_name abbreviation former_names parent_id population catalogue"
    ),
    "timetable_notice": Nobodys(
        PUBLIC,
        "id consultation_id number kind opens_at opens_local closes_at closes_local zone reason instrument_id"
        " published_at",
    ),
    "upload_allowance": Nobodys(
        "It is a keyed digest of who has handed in how much on a day, which is dropped after it.",
        "principal day size",
    ),
    "vote_event": Nobodys(
        PUBLIC,
        "id session_id motion_id method state opened_at closed_at entitled present quorum votes_for"
        " votes_against abstentions needed result casting_vote annulled_at annulled_reason",
    ),
    "voting_seat": Nobodys(
        SEATED,
        "id vote_event_id seat_id sector has_voted",
    ),
    "study": Nobodys(
        PUBLIC,
        "id mandate_id body_id kind state title questions terms method ethics_note organization_id contract"
        " contracted_on cost currency due_on answer_days end_reason ended_at created_at",
    ),
    "study_dataset": Nobodys(
        PUBLIC,
        "id study_id position role title description mended source_url licence row_count sha256"
        " published_at created_at edition",
    ),
    "dataset_column": Nobodys(PUBLIC, "dataset_id position name type meaning"),
    "study_milestone": Nobodys(
        PUBLIC,
        "id study_id number title state due_on payment handed_in_note handed_in_at decision_reason decided_at",
    ),
    "study_revision": Nobodys(
        PUBLIC,
        "id study_id number state abstract note return_reason strikes content_hash handed_in_at published_at"
        " created_at edition",
    ),
    "study_section": Nobodys(PUBLIC, "revision_id position code heading text"),
    "finding": Nobodys(
        PUBLIC,
        "id study_id kind number state text strength section body_id organization_id replaces_id since until"
        " published_at answer_due_on answered_at follow_up followed_up_at created_at",
    ),
    "finding_answer": Nobodys(PUBLIC, "finding_id number decision reasons instrument_id recorded answered_at"),
    "work_programme": Nobodys(PUBLIC, "id body_id year title state instrument_id approved_at created_at edition"),
    "work_programme_line": Nobodys(PUBLIC, "id work_programme_id position title explanation mandate_id"),
    "write_under_way": Nobodys("It is gone before the transaction ends.", "id"),
}
