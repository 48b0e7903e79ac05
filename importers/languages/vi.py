"""Vietnamese words that the importer goes by."""

from .words import Words

WORDS = Words(
    code="vi",
    common="và của là cho các một với trong không được những để",
    contents="mục lục",
    boilerplate=(
        "(?:cách )?đóng góp.*|người đóng góp|lời cảm ơn|cảm ơn.*|tác giả|nhóm|đội ngũ|nhà tài trợ|hỗ trợ|"
        "ủng hộ.*|quy tắc ứng xử|liên hệ|tuyên bố miễn trừ.*|câu hỏi thường gặp|bản dịch|"
        "về (?:tôi|chúng tôi)|cộng đồng|tại sao .*|vì sao .*|cách (?:sử dụng|dùng).*|dành cho ai.*|"
        "tin tức|lời kết|kết luận"
    ),
    about="về (?:dự án|khóa học|lộ trình) này|tóm tắt|động lực|ghi chú|lưu ý",
    intro="giới thiệu|tổng quan|mô tả|lời nói đầu|về .*",
    greeting="chắc chắn|tất nhiên|dĩ nhiên|đây là|dưới đây|được|tuyệt vời|rất vui|vâng",
    plan="lộ trình|kế hoạch|hướng dẫn|chương trình",
    offer="bạn có muốn|bạn muốn|nếu bạn|tôi có thể|mình có thể|hãy cho (?:tôi|mình) biết",
    farewell="chúc (?:bạn )?(?:may mắn|thành công|học tốt|học vui).*|cố lên",
    hour="giờ|tiếng",
    minute="phút",
    day="ngày",
    week="tuần",
    month="tháng",
    per="mỗi|một|/",
    weekdays="thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|cuối tuần",
    duration="thời (?:lượng|gian)|số giờ",
    effort="nỗ lực|giờ mỗi tuần",
    needs="điều kiện tiên quyết|yêu cầu(?: trước)?|kiến thức cần có",
    optional="tùy chọn|không bắt buộc",
    namely="cụ thể là|ví dụ|bao gồm|như sau",
    project="dự án(?: (?:cuối khóa|nhỏ))?",
    projects="các dự án",
    questions="câu hỏi",
    resources="tài nguyên|tài liệu(?: tham khảo)?|sách|khóa học|liên kết",
    sources="nguồn|tài liệu tham khảo",
    goal="mục tiêu|trọng tâm",
    topic="chủ đề|khóa học|bài học|nhiệm vụ|tiêu đề",
    content="nội dung",
    done="trạng thái|hoàn thành|xong",
    link="liên kết|tài liệu",
    due="hạn(?: chót)?|ngày",
    start="(?:ngày )?bắt đầu",
    deprecated="lỗi thời|không còn (?:dùng|được hỗ trợ)",
    tips=(
        "(?:một số |các )?(?:mẹo|lời khuyên|gợi ý)(?: .*)?|(?:phương pháp|chiến lược|triết lý|nguyên tắc) học(?: tập)?"
    ),
    outcomes="kết quả (?:mong đợi|học tập|đạt được)|tiêu chí (?:thành công|đánh giá thành công)",
    fact="thông tin|thuộc tính|tham số",
    value="giá trị|chi tiết",
)
